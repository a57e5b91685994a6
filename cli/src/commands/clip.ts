import { oneInput, parse, secondsOf } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { exit } from '../exit.ts'
import { formatOf, work } from '../files.ts'
import { text } from '../text.ts'

/** Cuts a stretch out of a file. */
export const command: Command = {
  usage: 'clip IN --from S --to S -o OUT [--reencode] [--json]',
  async run(args, io) {
    const { values, positionals } = parse(args, {
      from: { type: 'string' },
      to: { type: 'string' },
      output: { type: 'string', short: 'o' },
      reencode: { type: 'boolean' },
      json: { type: 'boolean' },
    })
    const words = text(io.language)
    const input = oneInput(positionals, io)
    const output = values.output
    if (output === undefined) throw new UsageError(words.noOutput)
    if (values.from === undefined || values.to === undefined) throw new UsageError('--from, --to')
    const format = formatOf(output)
    if (format === undefined) throw new UsageError(`${words.unknownFormat}: ${output}`)
    const result = await work(
      {
        kind: 'clip',
        from: secondsOf(values.from, io),
        to: secondsOf(values.to, io),
        format: format === 'ogg' ? 'opus' : format,
        reencode: values.reencode ?? false,
      },
      { input, output },
      io,
    )
    if (values.json) io.out(`${JSON.stringify(result)}\n`)
    else if (result.hiddenBefore > 0.2)
      io.err(`sotto: ${words.hidden.replace('{seconds}', result.hiddenBefore.toFixed(1))}\n`)
    return exit.done
  },
}
