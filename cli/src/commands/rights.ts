import { createReadStream, createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parse } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { exit } from '../exit.ts'
import { hostStudio, personOf } from '../studio.ts'

/**
 * What a person asked their host for, done in their stead: see what is held, take a copy, bring one in, freeze, thaw, erase
 * (everything, or one recording, category or purpose). What is opened for it
 * stands in the person's ledger as opened by the host. The studio must not be running.
 */
export const command: Command = {
  usage:
    'rights access|export|import FILE|freeze|thaw|erase [--item ID|--category ID|--purpose ID] --person HANDLE [-o FILE] [--data DIR] [--json]',
  async run(args, io) {
    const { values, positionals } = parse(args, {
      person: { type: 'string' },
      output: { type: 'string', short: 'o' },
      item: { type: 'string' },
      category: { type: 'string' },
      purpose: { type: 'string' },
      data: { type: 'string' },
      json: { type: 'boolean' },
    })
    const [verb, file] = positionals
    if (values.person === undefined || !['access', 'export', 'import', 'freeze', 'thaw', 'erase'].includes(verb ?? ''))
      throw new UsageError(command.usage)
    if ((verb === 'export' && values.output === undefined) || (verb === 'import' && file === undefined))
      throw new UsageError(command.usage)
    const { item, category, purpose } = values
    const parts = [item, category, purpose].filter((part) => part !== undefined)
    if (parts.length > 1 || (parts.length > 0 && verb !== 'erase')) throw new UsageError(command.usage)
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
        if (category !== undefined || purpose !== undefined) {
          const part = category === undefined ? { purpose: purpose as string } : { category }
          const erased = await studio.erase.part(person, part)
          say(erased, [
            `erased: ${erased.items} recordings, ${erased.records} records, ${erased.fields} values`,
            ...checked(erased.checks),
          ])
          return exit.done
        }
        // The person's own key is in the same ring, under their id: it is no recording.
        if (item !== undefined && (item === person || !(await studio.keys.ids(person)).includes(item))) {
          io.err(`${values.person} has no such recording\n`)
          return exit.failed
        }
        const certificate = await (item === undefined ? studio.erase.person(person) : studio.erase.item(person, item))
        say(certificate, [
          `erased: ${certificate.keys_destroyed} keys, ${certificate.records_removed} records, ${certificate.objects_removed} objects`,
          ...checked(certificate.checks),
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

function checked(checks: readonly { store: string; read: number; found: number }[]): string[] {
  return checks.map(({ store, read, found }) => `  ${store}: ${read} read again, ${found} found`)
}
