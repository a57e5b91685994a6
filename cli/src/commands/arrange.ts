import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parse } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { exit, InputError } from '../exit.ts'
import { soundFormatOf, work } from '../files.ts'
import { loudnessOf } from '../loudness.ts'
import { text } from '../text.ts'
import { arrangementOf, filesOf, parseTimeline, TimelineFileError } from '../timeline-file.ts'

/** Plays several tracks together, as a file says. */
export const command: Command = {
  usage: 'arrange TIMELINE.json -o OUT.(wav|mp3|flac|opus|m4a) [--loudness LUFS|podcast|broadcast|music] [--json]',
  async run(args, io) {
    const { values, positionals } = parse(args, {
      output: { type: 'string', short: 'o' },
      loudness: { type: 'string' },
      json: { type: 'boolean' },
    })
    const words = text(io.language)
    const [path, ...more] = positionals
    const { output } = values
    if (path === undefined || more.length > 0) throw new UsageError(words.noInput)
    if (output === undefined) throw new UsageError(words.noOutput)
    const format = soundFormatOf(output, io)
    const understood = <T>(work: () => T): T => {
      try {
        return work()
      } catch (error) {
        throw error instanceof TimelineFileError
          ? new UsageError(`${words.badTimeline} ${path}: ${error.message}`)
          : error
      }
    }
    const timeline = understood(() => parseTimeline(read(path, words.cannotRead)))
    const loudness = loudnessOf(values.loudness) ?? timeline.loudness
    const files = filesOf(timeline, dirname(path))
    const durations: number[] = []
    for (const file of files) durations.push((await work({ kind: 'info' }, { input: file }, io)).duration)
    const [input, ...further] = files
    const result = await work(
      {
        kind: 'arrange',
        ...understood(() => arrangementOf(timeline, durations)),
        format,
        ...(loudness === undefined ? {} : { loudness }),
      },
      { ...(input === undefined ? {} : { input }), further, output },
      io,
    )
    const { integrated, truePeak } = result.after
    const figure = (value: number | null, unit: string): string => `${value === null ? '-' : value.toFixed(1)} ${unit}`
    if (values.json) io.out(`${JSON.stringify(result)}\n`)
    else io.out(`${result.duration.toFixed(1)} s  ${figure(integrated, 'LUFS')}  ${figure(truePeak, 'dBTP')}\n`)
    return exit.done
  },
}

function read(path: string, cannotRead: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new InputError(`${cannotRead} ${path} (${(error as NodeJS.ErrnoException).code})`)
  }
}
