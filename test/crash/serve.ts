/**
 * A studio in a process of its own, so that it can be killed. Its settings come from the environment, as for a host;
 * `STUDIO_CLOCK_AHEAD` (milliseconds) puts its clock forward. Once it listens, its address is the last line of standard
 * error; standard output is the log alone.
 */
import { readConfig } from '../../server/src/config.ts'
import { serve } from '../../server/src/http/server.ts'

const ahead = Number(process.env.STUDIO_CLOCK_AHEAD ?? 0)
const serving = await serve(readConfig(), { clock: () => new Date(Date.now() + ahead) })
process.once('SIGTERM', () => void serving[Symbol.asyncDispose]().then(() => process.exit(0)))
process.stderr.write(`listening at ${serving.address}\n`)
