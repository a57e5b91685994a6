import { createReadStream, createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parse } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { exit } from '../exit.ts'
import { hostStudio, personOf } from '../studio.ts'

/**
 * What a person asked their host for, done in their stead: see what is held, take a copy, bring one in, freeze, thaw, erase. What is opened for it
 * stands in the person's ledger as opened by the host. The studio must not be running.
 */
export const command: Command = {
  usage: 'rights access|export|import FILE|freeze|thaw|erase --person HANDLE [-o FILE] [--data DIR] [--json]',
  async run(args, io) {
    const { values, positionals } = parse(args, {
      person: { type: 'string' },
      output: { type: 'string', short: 'o' },
      data: { type: 'string' },
      json: { type: 'boolean' },
    })
    const [verb, file] = positionals
    if (values.person === undefined || !['access', 'export', 'import', 'freeze', 'thaw', 'erase'].includes(verb ?? ''))
      throw new UsageError(command.usage)
    if ((verb === 'export' && values.output === undefined) || (verb === 'import' && file === undefined))
      throw new UsageError(command.usage)
    await using studio = await hostStudio(io, values.data)
    const person = await personOf(studio, values.person, io)
    if (person === undefined) return exit.failed
    const say = (data: unknown, lines: readonly string[]) =>
      io.out(values.json ? `${JSON.stringify(data)}\n` : lines.map((line) => `${line}\n`).join(''))
    switch (verb) {
      case 'access': {
        const { heldOf } = await import('@sotto/server')
        const held = await heldOf(studio, person, { onBehalf: true })
        say(
          held,
          held.map(({ kind, count, bytes, keep }) => `${kind}: ${count}, ${bytes} bytes, keep ${keep}`),
        )
        return exit.done
      }
      case 'export': {
        const { archiveOf } = await import('@sotto/server')
        // A copy is plain to whoever has it: only its owner may read the file, and nothing is written over.
        const to = createWriteStream(values.output as string, { mode: 0o600, flags: 'wx' })
        await pipeline(Readable.from(archiveOf(studio, person, { locale: io.language, onBehalf: true })), to)
        say({ file: values.output, bytes: to.bytesWritten }, [`${to.bytesWritten} bytes in ${values.output}`])
        return exit.done
      }
      case 'import': {
        const { importCopy } = await import('@sotto/server')
        const imported = await importCopy(studio, person, createReadStream(file as string))
        say(imported, [
          `${imported.items} recordings, ${imported.words} with words, ${imported.versions} versions`,
          ...imported.left.map(({ kind, count, why }) => `  left out: ${count} of ${kind} (${why})`),
        ])
        return exit.done
      }
      case 'freeze':
        await studio.rights.freeze(person, 'asked of the host')
        break
      case 'thaw':
        await studio.rights.thaw(person)
        break
      default: {
        const certificate = await studio.erase.person(person)
        say(certificate, [
          `erased: ${certificate.keys_destroyed} keys, ${certificate.records_removed} records, ${certificate.objects_removed} objects`,
          ...certificate.checks.map(({ store, read, found }) => `  ${store}: ${read} read again, ${found} found`),
          `the last copy of the keys is gone by ${certificate.last_copy_gone}`,
        ])
        return exit.done
      }
    }
    const state = await studio.rights.state(person)
    say({ state }, [`${values.person} is ${state}`])
    return exit.done
  },
}
