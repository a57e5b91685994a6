import { parse } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { exit } from '../exit.ts'

/** Erases a person of this studio for good and prints the certificate. The studio must not be running. */
export const command: Command = {
  usage: 'erase --person HANDLE [--data DIR] [--json]',
  async run(args, io) {
    const { values } = parse(args, { person: { type: 'string' }, data: { type: 'string' }, json: { type: 'boolean' } })
    if (values.person === undefined) throw new UsageError(command.usage)
    const { openStudio, readConfig } = await import('@sotto/server')
    const env = values.data === undefined ? io.env : { ...io.env, SOTTO_DATA: values.data }
    await using studio = await openStudio(readConfig(env), { work: false })
    const person = await studio.lookup.find('handle', values.person)
    if (person === undefined) {
      io.err(`there is nobody called ${values.person}\n`)
      return exit.failed
    }
    const certificate = await studio.erase.person(person)
    if (values.json) io.out(`${JSON.stringify(certificate)}\n`)
    else {
      io.out(
        `erased: ${certificate.keys_destroyed} keys, ${certificate.records_removed} records, ${certificate.objects_removed} objects\n`,
      )
      for (const { store, read, found } of certificate.checks)
        io.out(`  ${store}: ${read} read again, ${found} found\n`)
      io.out(`the last copy of the keys is gone by ${certificate.last_copy_gone}\n`)
    }
    return exit.done
  },
}
