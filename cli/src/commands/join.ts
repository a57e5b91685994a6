import { parse } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { exit } from '../exit.ts'
import { soundFormatOf, work } from '../files.ts'
import { text } from '../text.ts'

/** Plays files one after another as one. */
export const command: Command = {
  usage: 'join A B [C ...] -o OUT.(wav|mp3|flac|opus|m4a) [--json]',
  async run(args, io) {
    const { values, positionals } = parse(args, {
      output: { type: 'string', short: 'o' },
      json: { type: 'boolean' },
    })
    const [input, ...further] = positionals
    const { output } = values
    if (input === undefined || further.length === 0) throw new UsageError(text(io.language).noInput)
    if (output === undefined) throw new UsageError(text(io.language).noOutput)
    const format = soundFormatOf(output, io)
    const clips: { source: number; from: number; to: number; at: number }[] = []
    let at = 0
    for (const [source, path] of [input, ...further].entries()) {
      const { duration } = await work({ kind: 'info' }, { input: path }, io)
      clips.push({ source, from: 0, to: duration, at })
      at += duration
    }
    const tracks = [{ role: 'voice' as const, clips }]
    const result = await work({ kind: 'arrange', tracks, format }, { input, further, output }, io)
    if (values.json) io.out(`${JSON.stringify(result)}\n`)
    return exit.done
  },
}
