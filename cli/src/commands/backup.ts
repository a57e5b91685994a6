import { resolve } from 'node:path'
import { parse } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { exit } from '../exit.ts'

/** Backs up the data (ciphertext; never keys) into an empty directory. The studio must not be running. */
export const command: Command = {
  usage: 'backup TO [--data DIR]',
  async run(args, io) {
    const { values, positionals } = parse(args, { data: { type: 'string' } })
    const [to] = positionals
    if (to === undefined || positionals.length > 1) throw new UsageError(command.usage)
    const { backup, readConfig } = await import('@sotto/server')
    const env = values.data === undefined ? io.env : { ...io.env, SOTTO_DATA: values.data }
    const { files } = await backup(readConfig(env), resolve(to), new Date())
    const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0)
    io.out(`${Object.keys(files).length} files, ${bytes} bytes, in ${to}\n`)
    return exit.done
  },
}
