import { readFileSync, statSync } from 'node:fs'
import { firstVoice, voiceOf } from '@sotto/media'
import { writtenNotices } from '@sotto/media/synthesis/label'
import { paragraphsOf, paragraphsOfFile } from '@sotto/media/synthesis/script'
import { type Transcript, WORD_FORMATS, writeJson, writeWords } from '@sotto/media/words'
import { numberOf, oneInput, parse } from '../arguments.ts'
import { type Command, type Io, UsageError } from '../command.ts'
import { exit, InputError } from '../exit.ts'
import { soundFormatOf, work } from '../files.ts'
import { text } from '../text.ts'
import { writeText } from '../write-text.ts'

/** Speaks a text, or a txt, srt or docx file, and writes its words beside it where asked. The file is labelled as synthetic. */
export const command: Command = {
  usage:
    'speak TEXT|FILE.(txt|srt|docx) --language xx -o OUT.(wav|mp3|flac|opus|m4a) [--voice ID] [--speed 0.5..2] [--words FILE.(txt|srt|vtt|json)] [--notice spoken|none] [--json]',
  async run(args, io) {
    const { values, positionals } = parse(args, {
      language: { type: 'string' },
      voice: { type: 'string' },
      speed: { type: 'string' },
      output: { type: 'string', short: 'o' },
      words: { type: 'string' },
      notice: { type: 'string', default: 'none' },
      json: { type: 'boolean' },
    })
    const input = oneInput(positionals, io)
    const { output, notice, words } = values
    if (output === undefined) throw new UsageError(text(io.language).noOutput)
    if (notice !== 'spoken' && notice !== 'none') throw new UsageError('--notice spoken|none')
    const wordsFormat = WORD_FORMATS.find((format) => format === words?.split('.').at(-1))
    if (words !== undefined && wordsFormat === undefined)
      throw new UsageError(`--words FILE.(${WORD_FORMATS.join('|')})`)
    const voice = voiceFor(values.voice, values.language, io)
    const speed = numberOf(values.speed, 'speed', [0.5, 2], 1)
    const format = soundFormatOf(output, io)
    const segments = paragraphs(input, io).map((one) => ({ text: one, voice: voice.id, speed }))
    if (segments.length === 0) throw new UsageError(text(io.language).nothingToSpeak)
    const spoken = await work({ kind: 'speak', segments, format, notice }, { output }, io)
    const transcript: Transcript = { language: voice.language, duration: spoken.duration, segments: spoken.segments }
    if (words !== undefined && wordsFormat !== undefined)
      writeText(words, labelled(writeWords(transcript, wordsFormat), wordsFormat, voice.language), io)
    if (values.json) io.out(writeJson(transcript))
    return exit.done
  },
}

function voiceFor(id: string | undefined, language: string | undefined, io: Io) {
  const words = text(io.language)
  const voice = id === undefined ? firstVoice(language ?? '') : voiceOf(id)
  if (voice === undefined) {
    if (id === undefined && language === undefined) throw new UsageError(words.noLanguage)
    throw new UsageError(`${words.noVoice} ${id ?? language}`)
  }
  if (language !== undefined && voice.language !== language) throw new UsageError(`${words.noVoice} ${id}, ${language}`)
  return voice
}

/** A name that ends like a text file is one; anything else is the text itself. */
function paragraphs(input: string, io: Io): string[] {
  const named = /\.(txt|srt|docx)$/i.test(input)
  if (!named && !statSync(input, { throwIfNoEntry: false })?.isFile()) return paragraphsOf(input)
  let bytes: Buffer
  try {
    bytes = readFileSync(input)
  } catch (error) {
    throw new InputError(`${text(io.language).cannotRead} ${input} (${(error as NodeJS.ErrnoException).code})`)
  }
  return paragraphsOfFile(input, bytes)
}

/** Words of a synthetic voice say so to who reads them: a first line, or a note. */
function labelled(written: string, format: string, language: string): string {
  const notice = writtenNotices[language] ?? writtenNotices.en
  if (format === 'txt') return `${notice}\n\n${written}`
  if (format === 'vtt') return written.replace('WEBVTT\n', `WEBVTT\n\nNOTE ${notice}\n`)
  return written
}
