import { readFileSync } from 'node:fs'
import type { MediaTask, Translation } from '@sotto/media'
import { paragraphsOfFile } from '@sotto/media/synthesis/script'
import { translatedTranscript } from '@sotto/media/translation/translation'
import { parseSrt, parseVtt, type Transcript, writeSrt, writeWords } from '@sotto/media/words'
import { oneInput, parse } from '../arguments.ts'
import { type Command, type Io, UsageError } from '../command.ts'
import { exit, InputError } from '../exit.ts'
import { work } from '../files.ts'
import { text } from '../text.ts'
import { writeText } from '../write-text.ts'

type Task = Extract<MediaTask, { kind: 'translate' }>

const FORMATS = ['txt', 'srt', 'json'] as const
type Format = (typeof FORMATS)[number]

/** Translates a text, subtitles, a transcript, or what is said in a file. Numbers, dates and drafts are pointed out on standard error. */
export const command: Command = {
  usage:
    'translate IN --to xx [--from xx] [--model base|small] [--format txt|srt|json] [-o OUT] (IN: txt, docx, srt, vtt, json, sound or video)',
  async run(args, io) {
    const { values, positionals } = parse(args, {
      to: { type: 'string' },
      from: { type: 'string' },
      model: { type: 'string', default: 'small' },
      format: { type: 'string' },
      output: { type: 'string', short: 'o' },
    })
    const input = oneInput(positionals, io)
    const { to, from, model, output } = values
    const words = text(io.language)
    if (to === undefined) throw new UsageError(words.noTarget)
    if (model !== 'base' && model !== 'small') throw new UsageError('--model base|small')
    const format = formatOf(values.format ?? output?.split('.').at(-1), values.format !== undefined)
    const written = readWritten(input, io)
    const language = from ?? written?.language
    if (written !== undefined && language === undefined) throw new UsageError(words.noSource)
    const task: Task = {
      kind: 'translate',
      to,
      model,
      ...(language === undefined ? {} : { from: language }),
      ...(written === undefined ? {} : { segments: written.segments }),
    }
    const translation = await work(task, written === undefined ? { input } : {}, io)
    const result = writeTranslation(translation, format)
    if (output === undefined) io.out(result)
    else writeText(output, result, io)
    const flagged = translation.segments.filter(({ flags }) => flags.length > 0).length
    if (translation.quality === 'draft') io.err(`${words.draft}\n`)
    if (flagged > 0) io.err(`${words.flagged.replace('{count}', String(flagged))}\n`)
    return exit.done
  },
}

function formatOf(name: string | undefined, asked: boolean): Format {
  const format = FORMATS.find((one) => one === name)
  if (format === undefined && asked) throw new UsageError(`--format ${FORMATS.join('|')}`)
  return format ?? 'txt'
}

/** Times that are all 0 (a text has none) make no subtitles: then each sentence is a line. */
function writeTranslation(translation: Translation, format: Format): string {
  if (format === 'json') return `${JSON.stringify(translation, null, 2)}\n`
  if (format === 'srt') {
    const timed = translation.segments.some(({ end }) => end > 0)
    if (timed) return writeWords(translatedTranscript(translation), 'srt')
    return writeSrt(translation.segments.map((one) => ({ start: one.start, end: one.end, lines: [one.text] })))
  }
  return `${translation.segments.map((segment) => segment.text).join('\n')}\n`
}

/** Sentences of a text file, told by its name; undefined where it is sound. */
function readWritten(input: string, io: Io): (Pick<Transcript, 'segments'> & { language?: string }) | undefined {
  const ending = /\.(txt|docx|srt|vtt|json)$/i.exec(input)?.[1]?.toLowerCase()
  if (ending === undefined) return undefined
  let bytes: Buffer
  try {
    bytes = readFileSync(input)
  } catch (error) {
    throw new InputError(`${text(io.language).cannotRead} ${input} (${(error as NodeJS.ErrnoException).code})`)
  }
  const plain = (start: number, end: number, line: string) => ({ start, end, text: line, words: [] })
  if (ending === 'srt' || ending === 'vtt') {
    const cues = (ending === 'srt' ? parseSrt : parseVtt)(bytes.toString('utf8')) ?? []
    return { segments: cues.map((cue) => plain(cue.start, cue.end, cue.lines.join(' ').replace(/<[^>]*>/g, ''))) }
  }
  if (ending === 'json') return transcriptOf(input, bytes, io)
  return { segments: paragraphsOfFile(input, bytes).map((line) => plain(0, 0, line)) }
}

function transcriptOf(input: string, bytes: Buffer, io: Io): Transcript {
  try {
    const transcript: Transcript = JSON.parse(bytes.toString('utf8'))
    const whole = transcript.segments.every(
      ({ start, end, text: said }) => Number.isFinite(start) && Number.isFinite(end) && typeof said === 'string',
    )
    if (whole && typeof transcript.language === 'string') return transcript
  } catch {
    // Said below, in one way for all that is no transcript.
  }
  throw new InputError(`${text(io.language).noTranscript} ${input}`)
}
