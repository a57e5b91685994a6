import { homedir } from 'node:os'
import { join } from 'node:path'

/** The folder of engine weights that did not come with npm: `SOTTO_MODELS`, else the studio's own, as the server has it. */
export function modelsFolder(env: Readonly<Record<string, string | undefined>>): string {
  const data = env.SOTTO_DATA ?? join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'sotto')
  return env.SOTTO_MODELS ?? join(data, 'models')
}
