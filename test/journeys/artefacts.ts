/** Pictures that a run leaves behind to be looked at: `artefacts/` of the repository, which git ignores. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '..', '..', 'artefacts')

/** Where a picture of this name goes. */
export function artefact(name: string): string {
  mkdirSync(folder, { recursive: true })
  return join(folder, `${name.replace(/[^\w.-]+/g, '-').slice(0, 120)}.png`)
}
