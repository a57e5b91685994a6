import { readPeaks } from '@sotto/media'
import { oneInput, parse } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { exit } from '../exit.ts'
import { work } from '../files.ts'

/**
 * The waveform of a file: lowest and highest sample (all channels together, -1 to 1) of each `1 / perSecond` seconds.
 * Without `--json` a small picture of it.
 */
export const command: Command = {
  usage: 'peaks IN [--json] [--max-per-second N]',
  async run(args, io) {
    const { values, positionals } = parse(args, {
      json: { type: 'boolean' },
      'max-per-second': { type: 'string' },
    })
    const input = oneInput(positionals, io)
    const most = Number(values['max-per-second'] ?? 100)
    if (!(most > 0)) throw new UsageError('--max-per-second')
    const { bytes } = await work({ kind: 'peaks' }, { input }, io)
    const { duration, levels } = readPeaks(bytes ?? new Uint8Array())
    if (!values.json) {
      io.out(`${drawn(levels.at(-1)?.pairs ?? new Int16Array())}\n`)
      return exit.done
    }
    const level = levels.find(({ perSecond }) => perSecond <= most) ?? levels.at(-1)
    const pairs = level?.pairs ?? new Int16Array()
    const side = (offset: 0 | 1): number[] =>
      Array.from(
        { length: pairs.length / 2 },
        (_, i) => Math.round(((pairs[2 * i + offset] ?? 0) / 32_768) * 1e5) / 1e5,
      )
    const perSecond = level?.perSecond ?? most
    io.out(`${JSON.stringify({ duration, perSecond, length: pairs.length / 2, min: side(0), max: side(1) })}\n`)
    return exit.done
  },
}

/** 64 columns of a waveform's height. */
function drawn(pairs: Int16Array): string {
  const columns = 64
  const count = pairs.length / 2
  return Array.from({ length: Math.min(columns, count) }, (_, column) => {
    let high = 0
    const width = count / Math.min(columns, count)
    for (let i = Math.floor(column * width); i < Math.floor((column + 1) * width); i++)
      high = Math.max(high, Math.abs(pairs[2 * i] ?? 0), Math.abs(pairs[2 * i + 1] ?? 0))
    return '▁▂▃▄▅▆▇█'[Math.min(7, Math.floor(Math.sqrt(high / 32_768) * 8))]
  }).join('')
}
