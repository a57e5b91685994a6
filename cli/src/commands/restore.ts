import { resolve } from 'node:path'
import { parse } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { exit } from '../exit.ts'

/**
 * Restores a backup into an empty data directory and database. What was erased since stays erased: its keys are gone, and
 * the next start removes what came back.
 */
export const command: Command = {
  usage: 'restore FROM [--data DIR]',
  async run(args, io) {
    const { values, positionals } = parse(args, { data: { type: 'string' } })
    const [from] = positionals
    if (from === undefined || positionals.length > 1) throw new UsageError(command.usage)
    const { readConfig, restore } = await import('@sotto/server')
    const env = values.data === undefined ? io.env : { ...io.env, SOTTO_DATA: values.data }
    const { made_at, files } = await restore(readConfig(env), resolve(from))
    io.out(`restored ${Object.keys(files).length} files of ${made_at}\n`)
    return exit.done
  },
}
