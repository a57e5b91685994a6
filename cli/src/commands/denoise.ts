import { oneInput, parse } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { exit } from '../exit.ts'
import { soundFormatOf, work } from '../files.ts'
import { text } from '../text.ts'

/** A little of the noise stays: measured, words are then recognised as well as before or better; with none left, worse. */
const DEFAULT_STRENGTH = '0.85'

/** Takes noise out of a recording. */
export const command: Command = {
  usage: 'denoise IN -o OUT.(wav|mp3|flac|opus|m4a) [--mode speech|full] [--strength 0..1] [--json]',
  async run(args, io) {
    const { values, positionals } = parse(args, {
      output: { type: 'string', short: 'o' },
      mode: { type: 'string', default: 'speech' },
      strength: { type: 'string', default: DEFAULT_STRENGTH },
      json: { type: 'boolean' },
    })
    const input = oneInput(positionals, io)
    const { output, mode } = values
    if (output === undefined) throw new UsageError(text(io.language).noOutput)
    if (mode !== 'speech' && mode !== 'full') throw new UsageError('--mode speech|full')
    const strength = values.strength.trim() === '' ? Number.NaN : Number(values.strength)
    if (!(strength >= 0 && strength <= 1)) throw new UsageError('--strength 0..1')
    const format = soundFormatOf(output, io)
    const result = await work({ kind: 'denoise', mode, strength, format }, { input, output }, io)
    if (values.json) io.out(`${JSON.stringify(result)}\n`)
    return exit.done
  },
}
