import { readFileSync } from 'node:fs'
import { firstVoice, type Translation, voiceOf } from '@sotto/media'
import { translatedTranscript } from '@sotto/media/translation/translation'
import { segmentOf, shareSpan, type Transcript, writeWords } from '@sotto/media/words'
import { numberOf, oneInput, parse } from '../arguments.ts'
import { type Command, type Io, UsageError } from '../command.ts'
import { exit, InputError } from '../exit.ts'
import { mediaFormatOf, work } from '../files.ts'
import { text } from '../text.ts'
import { writeText } from '../write-text.ts'

/** How far down the original stays, dB. */
const UNDERNEATH = -18

/**
 * Dubs a recording: its words, in another language, spoken where they were said. The translation can be written out
 * (`sotto translate --format json`), corrected, and given here: what was not changed sounds the same, sample by sample.
 */
export const command: Command = {
  usage:
    'dub IN --to xx -o OUT [--from xx] [--sentences FILE.json] [--voice ID] [--speed 0.5..2] [--original DB|none] [--model base|small] [--words] [--json]',
  async run(args, io) {
    const { values, positionals } = parse(args, {
      to: { type: 'string' },
      from: { type: 'string' },
      output: { type: 'string', short: 'o' },
      sentences: { type: 'string' },
      voice: { type: 'string' },
      speed: { type: 'string' },
      original: { type: 'string' },
      model: { type: 'string', default: 'small' },
      words: { type: 'boolean' },
      json: { type: 'boolean' },
    })
    const say = text(io.language)
    const input = oneInput(positionals, io)
    const { to, from, output, model } = values
    if (output === undefined) throw new UsageError(say.noOutput)
    if (to === undefined) throw new UsageError(say.noTarget)
    if (model !== 'base' && model !== 'small') throw new UsageError('--model base|small')
    const voice = values.voice === undefined ? firstVoice(to) : voiceOf(values.voice)
    if (voice === undefined || voice.language !== to) throw new UsageError(`${say.noVoice} ${values.voice ?? to}`)
    const speed = numberOf(values.speed, 'speed', [0.5, 2], 1)
    const original =
      values.original === 'none' ? undefined : numberOf(values.original, 'original', [-60, 0], UNDERNEATH)
    const format = mediaFormatOf(output, io)
    const translation =
      values.sentences === undefined
        ? await work({ kind: 'translate', to, model, ...(from === undefined ? {} : { from }) }, { input }, io)
        : readTranslation(values.sentences, io)
    const sentences = translation.segments.map(({ start, end, text: said }) => ({ start, end, text: said }))
    const dubbed = await work(
      { kind: 'dub', sentences, voice: voice.id, speed, format, ...(original === undefined ? {} : { original }) },
      { input, output },
      io,
    )
    if (values.words) writeSubtitles(output, translation, io)
    if (values.json) io.out(`${JSON.stringify({ ...dubbed, translation }, null, 2)}\n`)
    const over = dubbed.sentences.filter((sentence) => sentence.over > 0).length
    const flagged = translation.segments.filter(({ flags }) => flags.length > 0).length
    if (translation.quality === 'draft') io.err(`${say.draft}\n`)
    if (flagged > 0) io.err(`${say.flagged.replace('{count}', String(flagged))}\n`)
    if (over > 0) io.err(`${say.notFitting.replace('{count}', String(over))}\n`)
    return exit.done
  },
}

/** Subtitles in both languages, beside the output: `OUT.xx.srt`. */
function writeSubtitles(output: string, translation: Translation, io: Io): void {
  const stem = output.replace(/\.[^.\\/]+$/, '')
  const source: Transcript = {
    language: translation.from,
    duration: translation.duration,
    segments: translation.segments.flatMap(({ start, end, source: said }) => {
      const words = shareSpan(said, start, end)
      return words.length > 0 ? [segmentOf(words)] : []
    }),
  }
  writeText(`${stem}.${translation.from}.srt`, writeWords(source, 'srt'), io)
  writeText(`${stem}.${translation.to}.srt`, writeWords(translatedTranscript(translation), 'srt'), io)
}

function readTranslation(path: string, io: Io): Translation {
  let bytes: string
  try {
    bytes = readFileSync(path, 'utf8')
  } catch (error) {
    throw new InputError(`${text(io.language).cannotRead} ${path} (${(error as NodeJS.ErrnoException).code})`)
  }
  try {
    const translation: Translation = JSON.parse(bytes)
    const whole = translation.segments.every(
      ({ start, end, text: said, source, flags }) =>
        Number.isFinite(start) &&
        Number.isFinite(end) &&
        typeof said === 'string' &&
        typeof source === 'string' &&
        Array.isArray(flags),
    )
    if (whole && /^[a-z]{2,3}$/.test(translation.from) && /^[a-z]{2,3}$/.test(translation.to)) return translation
  } catch {
    // Said below, in one way for all that is no translation.
  }
  throw new InputError(`${text(io.language).noSentences} ${path}`)
}
