import { oneInput, parse } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { exit } from '../exit.ts'
import { soundFormatOf, work } from '../files.ts'
import { text } from '../text.ts'

/** Writes the sound of a file in another format. */
export const command: Command = {
  usage:
    'convert IN -o OUT.(wav|mp3|flac|opus|m4a) [--bitrate BITS] [--title T] [--artist A] [--album A] [--date YYYY] [--comment C] [--json]',
  async run(args, io) {
    const { values, positionals } = parse(args, {
      output: { type: 'string', short: 'o' },
      bitrate: { type: 'string' },
      title: { type: 'string' },
      artist: { type: 'string' },
      album: { type: 'string' },
      date: { type: 'string' },
      comment: { type: 'string' },
      json: { type: 'boolean' },
    })
    const input = oneInput(positionals, io)
    const output = values.output
    if (output === undefined) throw new UsageError(text(io.language).noOutput)
    const format = soundFormatOf(output, io)
    const bitrate = values.bitrate === undefined ? undefined : Number(values.bitrate)
    if (bitrate !== undefined && !(bitrate >= 6000 && bitrate <= 512_000))
      throw new UsageError('--bitrate 6000..512000')
    const { title, artist, album, date, comment } = values
    const tags = Object.fromEntries(
      Object.entries({ title, artist, album, date, comment }).filter(([, value]) => value !== undefined),
    ) as Record<string, string>
    const result = await work(
      { kind: 'convert', format, tags, ...(bitrate === undefined ? {} : { bitrate }) },
      { input, output },
      io,
    )
    if (values.json) io.out(`${JSON.stringify(result)}\n`)
    return exit.done
  },
}
