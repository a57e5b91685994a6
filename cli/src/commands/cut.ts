import { readFileSync } from 'node:fs'
import {
  cutOf,
  EditFileError,
  FILLER_LANGUAGES,
  fillersOf,
  heardOf,
  hesitationsOf,
  keptSeconds,
  mergeRanges,
  readEditFile,
  silenceDefaults,
  silencesOf,
  type TimeRange,
  type Transcript,
  wordsOf,
} from '@sotto/media/words'
import { numberOf, oneInput, parse } from '../arguments.ts'
import { type Command, type Io, UsageError } from '../command.ts'
import { exit, InputError } from '../exit.ts'
import { mediaFormatOf, work } from '../files.ts'
import { text } from '../text.ts'

/** Cuts words, fillers and long pauses out of a recording; of a film, picture and sound alike. */
export const command: Command = {
  usage:
    'cut IN --words JSON|--fillers|--hesitations|--silences -o OUT [--longer S] [--keep S] [--language xx] [--model base|small] [--json]',
  async run(args, io) {
    const { values, positionals } = parse(args, {
      words: { type: 'string' },
      fillers: { type: 'boolean' },
      hesitations: { type: 'boolean' },
      silences: { type: 'boolean' },
      longer: { type: 'string' },
      keep: { type: 'string' },
      language: { type: 'string' },
      model: { type: 'string', default: 'base' },
      output: { type: 'string', short: 'o' },
      json: { type: 'boolean' },
    })
    const told = text(io.language)
    const input = oneInput(positionals, io)
    const { output, model, fillers = false, hesitations = false, silences = false } = values
    if (output === undefined) throw new UsageError(told.noOutput)
    if (model !== 'base' && model !== 'small') throw new UsageError('--model base|small')
    if (values.words === undefined && !fillers && !hesitations && !silences) throw new UsageError(told.nothingToCut)
    const longer = numberOf(values.longer, 'longer', [0.1, 60], silenceDefaults.longer)
    const keep = numberOf(values.keep, 'keep', [0, 60], silenceDefaults.keep)
    const format = mediaFormatOf(output, io)
    const file = values.words === undefined ? undefined : edit(values.words, io)
    const { language } = values
    const transcript = file?.transcript ?? (fillers || hesitations ? await hear(input, model, language, io) : undefined)
    const words = transcript ? wordsOf(transcript) : []
    const spoken = language ?? transcript?.language ?? 'und'
    const listened = silences || hesitations ? await work({ kind: 'activity' }, { input }, io) : undefined
    const duration = listened?.duration ?? (await work({ kind: 'info' }, { input }, io)).duration
    const found: Record<string, TimeRange[]> = {
      words: [
        ...(file?.cuts ?? []),
        ...(file?.marked ?? []).flatMap((at) => cutOf(words, { from: at, to: at + 1 }, duration)),
      ],
      fillers: fillers ? fillersOf(words, spoken).flatMap((range) => cutOf(words, range, duration)) : [],
      hesitations: hesitations && listened ? hesitationsOf(listened.speech, words) : [],
      silences: silences && listened ? silencesOf(listened.speech, words, duration, { longer, keep }) : [],
    }
    if (fillers && words.length > 0 && !FILLER_LANGUAGES.includes(spoken.split('-')[0] ?? ''))
      io.err(`sotto: ${told.fillersUnknown} (${spoken})\n`)
    const cuts = mergeRanges(Object.values(found).flat())
    const heard = heardOf(file?.order ?? [], cuts, duration)
    if (cuts.length === 0 && (file?.order ?? []).length === 0) io.err(`sotto: ${told.nothingFound}\n`)
    const result = await work({ kind: 'cut', keep: heard, format }, { input, output }, io)
    const counts = Object.fromEntries(Object.entries(found).map(([name, list]) => [name, list.length]))
    const gone = duration - keptSeconds(heard)
    if (values.json)
      io.out(`${JSON.stringify({ ...result, ...counts, cutSeconds: gone, cuts: cuts.map((c) => [c.start, c.end]) })}\n`)
    else io.out(`-${gone.toFixed(1)} s  ${cuts.length}\n`)
    return exit.done
  },
}

function hear(input: string, model: 'base' | 'small', language: string | undefined, io: Io): Promise<Transcript> {
  return work({ kind: 'transcribe', model, ...(language === undefined ? {} : { language }) }, { input }, io)
}

function edit(path: string, io: Io): ReturnType<typeof readEditFile> {
  let json: string
  try {
    json = readFileSync(path, 'utf8')
  } catch (error) {
    throw new InputError(`${text(io.language).cannotRead} ${path} (${(error as NodeJS.ErrnoException).code})`)
  }
  try {
    return readEditFile(json)
  } catch (error) {
    if (error instanceof EditFileError) throw new InputError(`${path} ${text(io.language).badWords} (${error.message})`)
    throw error
  }
}
