import { WORD_FORMATS, type WordFormat, writeJson, writeWords } from '@sotto/media/words'
import { oneInput, parse } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { exit } from '../exit.ts'
import { work } from '../files.ts'
import { writeText } from '../write-text.ts'

/** Writes what is said in a file. */
export const command: Command = {
  usage: 'transcribe IN [--language xx] [--model base|small] [--format txt|srt|vtt|json] [-o OUT] [--json]',
  async run(args, io) {
    const { values, positionals } = parse(args, {
      language: { type: 'string' },
      model: { type: 'string', default: 'base' },
      format: { type: 'string' },
      output: { type: 'string', short: 'o' },
      json: { type: 'boolean' },
    })
    const input = oneInput(positionals, io)
    const { model, language, output } = values
    if (model !== 'base' && model !== 'small') throw new UsageError('--model base|small')
    const format = formatOf(values.format ?? output?.split('.').at(-1), values.format !== undefined)
    const task = { kind: 'transcribe', model, ...(language === undefined ? {} : { language }) } as const
    const transcript = await work(task, { input }, io)
    if (output !== undefined) writeText(output, writeWords(transcript, format), io)
    if (values.json) io.out(writeJson(transcript))
    else if (output === undefined) io.out(writeWords(transcript, format))
    return exit.done
  },
}

/** The format asked for, or the one the output's name ends in, or plain text. */
function formatOf(name: string | undefined, asked: boolean): WordFormat {
  const format = WORD_FORMATS.find((one) => one === name)
  if (format === undefined && asked) throw new UsageError(`--format ${WORD_FORMATS.join('|')}`)
  return format ?? 'txt'
}
