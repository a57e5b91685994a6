import { parse } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { exit } from '../exit.ts'
import { hostStudio, personOf } from '../studio.ts'

/**
 * What is past its time, and what a law keeps. `run --dry-run` says what would go, `run --now` erases it and ends what was
 * cancelled; a running studio does the same every quarter of an hour. `hold` sets a legal hold: storage only, with its
 * citation. The studio must not be running.
 */
export const command: Command = {
  usage:
    'retention run --dry-run|--now | holds --person HANDLE | hold --person HANDLE --kinds A,B --citation TEXT --until YYYY-MM-DD | release ID --person HANDLE  [--data DIR] [--json]',
  async run(args, io) {
    const { values, positionals } = parse(args, {
      'dry-run': { type: 'boolean' },
      now: { type: 'boolean' },
      person: { type: 'string' },
      kinds: { type: 'string' },
      citation: { type: 'string' },
      until: { type: 'string' },
      data: { type: 'string' },
      json: { type: 'boolean' },
    })
    const [verb, id] = positionals
    const say = (data: unknown, text: string) => io.out(`${values.json ? JSON.stringify(data) : text}\n`)
    if (verb === 'run') {
      if ((values['dry-run'] === true) === (values.now === true)) throw new UsageError(command.usage)
      await using studio = await hostStudio(io, values.data)
      const overdue = await studio.retention.overdue()
      if (values['dry-run']) {
        const kinds = Object.fromEntries(
          [...Map.groupBy(overdue, ({ kind }) => kind)].map(([k, all]) => [k, all.length]),
        )
        say({ overdue: overdue.length, kinds }, `${overdue.length} past their time ${JSON.stringify(kinds)}`)
        return exit.done
      }
      const done = await studio.sweep()
      say({ erased: done }, `${done} erased`)
      return exit.done
    }
    if (!['holds', 'hold', 'release'].includes(verb ?? '') || values.person === undefined)
      throw new UsageError(command.usage)
    if (verb === 'release' && id === undefined) throw new UsageError(command.usage)
    const { kinds, citation, until } = values
    const end = new Date(until ?? 'none')
    if (verb === 'hold' && (kinds === undefined || citation === undefined || Number.isNaN(end.getTime())))
      throw new UsageError(command.usage)
    await using studio = await hostStudio(io, values.data)
    const person = await personOf(studio, values.person, io)
    if (person === undefined) return exit.failed
    if (verb === 'release') {
      const gone = await studio.retention.release(person, id as string)
      if (!gone) io.err('there is no such hold\n')
      return gone ? exit.done : exit.failed
    }
    if (verb === 'hold')
      await studio.retention.hold({
        person,
        kinds: (kinds as string).split(',').map((kind) => kind.trim()),
        citation: citation as string,
        until: end,
      })
    const holds = (await studio.retention.holds(person)).map(({ person: _, ...hold }) => hold)
    say(
      holds,
      holds
        .map((h) => `${h.id}  ${h.kinds.join(',')}  ${h.citation}  until ${h.until.toISOString().slice(0, 10)}`)
        .join('\n'),
    )
    return exit.done
  },
}
