import { statSync } from 'node:fs'
import { bedNames, isBed, mixDefaults } from '@sotto/media'
import { numberOf, oneInput, parse } from '../arguments.ts'
import { type Command, type Io, UsageError } from '../command.ts'
import { exit } from '../exit.ts'
import { mediaFormatOf, work } from '../files.ts'
import { loudnessOf } from '../loudness.ts'
import { text } from '../text.ts'

/** Puts a background sound under a voice. */
export const command: Command = {
  usage:
    'mix VOICE --bed MUSIC|rain|waves|cafe|room|pad -o OUT [--duck DB] [--loudness LUFS|podcast|broadcast|music] [--level LU] [--attack S] [--release S] [--fade-in S] [--fade-out S] [--no-loop] [--json]',
  async run(args, io) {
    const { values, positionals } = parse(args, {
      bed: { type: 'string' },
      output: { type: 'string', short: 'o' },
      duck: { type: 'string' },
      loudness: { type: 'string' },
      level: { type: 'string' },
      attack: { type: 'string' },
      release: { type: 'string' },
      'fade-in': { type: 'string' },
      'fade-out': { type: 'string' },
      'no-loop': { type: 'boolean' },
      json: { type: 'boolean' },
    })
    const words = text(io.language)
    const voice = oneInput(positionals, io)
    const { output, bed } = values
    if (output === undefined) throw new UsageError(words.noOutput)
    if (bed === undefined) throw new UsageError(`${words.noBed} ${bedNames.join(', ')}`)
    // A file of that name comes before the made sound: the person sees it in their folder.
    const made = isBed(bed) && !isFile(bed) ? bed : undefined
    // "Down by 12" and "by -12 dB" mean the same.
    const depth = Math.abs(numberOf(values.duck, 'duck', [-60, 60], mixDefaults.duck.depth))
    const loudness = loudnessOf(values.loudness)
    const result = await work(
      {
        kind: 'mix',
        format: mediaFormatOf(output, io),
        ...(made === undefined ? {} : { bed: made }),
        level: numberOf(values.level, 'level', [-60, 20], mixDefaults.level),
        ...(depth === 0
          ? {}
          : {
              duck: {
                depth,
                attack: numberOf(values.attack, 'attack', [0, 10], mixDefaults.duck.attack),
                release: numberOf(values.release, 'release', [0, 10], mixDefaults.duck.release),
              },
            }),
        fadeIn: numberOf(values['fade-in'], 'fade-in', [0, 3600], mixDefaults.fadeIn),
        fadeOut: numberOf(values['fade-out'], 'fade-out', [0, 3600], mixDefaults.fadeOut),
        loop: !values['no-loop'],
        ...(loudness === undefined ? {} : { loudness }),
      },
      { input: voice, output, further: made === undefined ? [bed] : [] },
      io,
    )
    if (values.json) io.out(`${JSON.stringify(result)}\n`)
    else io.out(`${figures('before', result.before, io)}${figures('after', result.after, io)}`)
    return exit.done
  },
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

function figures(
  when: 'before' | 'after',
  { integrated, range, truePeak }: { integrated: number | null; range: number | null; truePeak: number | null },
  io: Io,
): string {
  const label = text(io.language)[when].padEnd(8)
  const figure = (value: number | null, unit: string): string => `${value === null ? '-' : value.toFixed(1)} ${unit}`
  return `${label}${figure(integrated, 'LUFS')}  ${figure(range, 'LU')}  ${figure(truePeak, 'dBTP')}\n`
}
