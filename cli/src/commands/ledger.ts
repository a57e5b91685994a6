import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { exit, InputError } from '../exit.ts'

/** Checks the ledger offline, from its files and its public key alone; also against a signed head kept elsewhere. */
export const command: Command = {
  usage: 'ledger verify [DIRECTORY] [--head FILE] [--json]',
  async run(args, io) {
    const { values, positionals } = parse(args, { head: { type: 'string' }, json: { type: 'boolean' } })
    const [verb, given] = positionals
    if (verb !== 'verify') throw new UsageError(command.usage)
    const { readConfig, verifyLedger } = await import('@sotto/server')
    const directory = given ?? join(readConfig(io.env).data, 'ledger')
    const head = values.head
    const checkpoint =
      head === undefined
        ? undefined
        : await readFile(head, 'utf8').catch(() => {
            throw new InputError(head)
          })
    const found = await verifyLedger(directory, checkpoint)
    if (values.json) io.out(`${JSON.stringify(found)}\n`)
    else if (found.ok) io.out(`${found.entries} entries, ${found.signed} under the signed head: whole and in order\n`)
    for (const fault of found.faults) io.err(`${fault}\n`)
    return found.ok ? exit.done : exit.failed
  },
}
