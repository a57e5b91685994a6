import { oneInput, parse } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { exit } from '../exit.ts'
import { formatOf, work } from '../files.ts'
import { text } from '../text.ts'

/** Takes the sound out of a video, unchanged where the output's format allows it. */
export const command: Command = {
  usage: 'extract IN -o OUT [--json]',
  async run(args, io) {
    const { values, positionals } = parse(args, {
      output: { type: 'string', short: 'o' },
      json: { type: 'boolean' },
    })
    const words = text(io.language)
    const input = oneInput(positionals, io)
    const output = values.output
    if (output === undefined) throw new UsageError(words.noOutput)
    const format = formatOf(output)
    if (format === undefined || /^(mp4|mov|mkv|webm)$/.test(format))
      throw new UsageError(`${words.unknownFormat}: ${output}`)
    const result = await work({ kind: 'extract', format }, { input, output }, io)
    if (values.json) io.out(`${JSON.stringify(result)}\n`)
    return exit.done
  },
}
