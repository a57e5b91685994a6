import { basename } from 'node:path'
import { type DocumentFormat, documentFormats } from '@sotto/media/document/document'
import { type Transcript, WORD_FORMATS, type WordFormat, writeJson, writeWords } from '@sotto/media/words'
import { oneInput, parse } from '../arguments.ts'
import { type Command, UsageError } from '../command.ts'
import { exit } from '../exit.ts'
import { work } from '../files.ts'
import { text } from '../text.ts'
import { writeText } from '../write-text.ts'

/** Writes what is said in a file. */
export const command: Command = {
  usage:
    'transcribe IN [--language xx] [--model base|small] [--speakers channels] [--format txt|srt|vtt|json|docx|pdf] [-o OUT] [--json]',
  async run(args, io) {
    const { values, positionals } = parse(args, {
      language: { type: 'string' },
      model: { type: 'string', default: 'base' },
      speakers: { type: 'string' },
      format: { type: 'string' },
      output: { type: 'string', short: 'o' },
      json: { type: 'boolean' },
    })
    const input = oneInput(positionals, io)
    const { model, language, output, speakers } = values
    // Telling voices apart by what they are like is not there: it says so instead of guessing.
    if (speakers !== undefined && speakers !== 'channels') throw new UsageError(text(io.language).onlyChannels)
    if (model !== 'base' && model !== 'small') throw new UsageError('--model base|small')
    const format = formatOf(values.format ?? output?.split('.').at(-1), values.format !== undefined)
    if (output === undefined && !values.json && (format === 'docx' || format === 'pdf'))
      throw new UsageError(text(io.language).noOutput)
    const task = {
      kind: 'transcribe',
      model,
      ...(language === undefined ? {} : { language }),
      ...(speakers === undefined ? {} : { speakers: 'channels' as const }),
    } as const
    const transcript = await work(task, { input }, io)
    if (output !== undefined) writeText(output, await bytesOf(transcript, format, basename(input)), io)
    if (values.json) io.out(writeJson(transcript))
    // A document is bytes, not text for a terminal: that was refused before the work began.
    else if (output === undefined && format !== 'docx' && format !== 'pdf') io.out(writeWords(transcript, format))
    return exit.done
  },
}

/** The format asked for, or the one the output's name ends in, or plain text. */
function formatOf(name: string | undefined, asked: boolean): WordFormat | DocumentFormat {
  const format = [...WORD_FORMATS, ...documentFormats].find((one) => one === name)
  if (format === undefined && asked) throw new UsageError(`--format ${[...WORD_FORMATS, ...documentFormats].join('|')}`)
  return format ?? 'txt'
}

/** The words in a format; the makers of documents are loaded when they are wanted. */
async function bytesOf(
  transcript: Transcript,
  format: WordFormat | DocumentFormat,
  title: string,
): Promise<string | Uint8Array> {
  const options = { title, made: new Date(), times: true }
  if (format === 'docx') return (await import('@sotto/media/document/docx')).writeDocx(transcript, options)
  if (format === 'pdf') return (await import('@sotto/media/document/pdf')).writePdf(transcript, options)
  return writeWords(transcript, format)
}
