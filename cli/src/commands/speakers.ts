import { readFileSync } from 'node:fs'
import {
  assignSpeaker,
  changeSpeaker,
  mergeSpeakers,
  newSpeaker,
  type Transcript,
  WORD_FORMATS,
  writeWords,
} from '@sotto/media/words'
import { oneInput, parse } from '../arguments.ts'
import { type Command, type Io, UsageError } from '../command.ts'
import { exit, InputError } from '../exit.ts'
import { text } from '../text.ts'
import { writeText } from '../write-text.ts'

/**
 * Says who speaks in a transcript (the JSON of `sotto transcribe`), by hand: segments are counted from 1, speakers called by
 * name. Done in this order: assign, rename, merge, colour. Voices are never recognised.
 */
export const command: Command = {
  usage:
    'speakers WORDS.json [--assign FIRST-LAST=NAME]... [--rename NAME=NEW]... [--merge NAME=INTO]... [--colour NAME=#rrggbb]... [-o OUT.(txt|srt|vtt|json)]',
  async run(args, io) {
    const many = { type: 'string', multiple: true, default: [] as string[] } as const
    const { values, positionals } = parse(args, {
      assign: many,
      rename: many,
      merge: many,
      colour: many,
      output: { type: 'string', short: 'o' },
    })
    const input = oneInput(positionals, io)
    const format = WORD_FORMATS.find((one) => one === (values.output?.split('.').at(-1) ?? 'txt'))
    if (format === undefined) throw new UsageError(`-o OUT.(${WORD_FORMATS.join('|')})`)
    let transcript = readTranscript(input, io)
    try {
      for (const [range, name] of values.assign.map(pair)) transcript = assign(transcript, range, name)
      for (const [name, to] of values.rename.map(pair))
        transcript = changeSpeaker(transcript, idOf(transcript, name), { name: to })
      for (const [name, into] of values.merge.map(pair))
        transcript = mergeSpeakers(transcript, idOf(transcript, name), idOf(transcript, into))
      for (const [name, colour] of values.colour.map(pair)) {
        if (!/^#[\da-f]{6}$/i.test(colour)) throw new UsageError('--colour NAME=#rrggbb')
        transcript = changeSpeaker(transcript, idOf(transcript, name), { colour: colour.toLowerCase() })
      }
    } catch (error) {
      if (error instanceof RangeError) throw new UsageError(`${text(io.language).noSpeaker} (${error.message})`)
      throw error
    }
    const written = writeWords(transcript, format)
    if (values.output === undefined) io.out(written)
    else writeText(values.output, written, io)
    return exit.done
  },
}

function pair(value: string): [string, string] {
  const at = value.indexOf('=')
  const parts: [string, string] = [value.slice(0, at).trim(), value.slice(at + 1).trim()]
  if (at < 1 || parts[1] === '') throw new UsageError(`${value}: NAME=...`)
  return parts
}

function idOf({ speakers = [] }: Transcript, name: string): string {
  const found = speakers.find((one) => one.name === name)
  if (!found) throw new RangeError(name)
  return found.id
}

/** Segments `3` or `3-5`, counted from 1; a name that is new makes a speaker. */
function assign(transcript: Transcript, range: string, name: string): Transcript {
  const found = /^(\d+)(?:-(\d+))?$/.exec(range)
  if (!found) throw new RangeError(range)
  const { speakers = [] } = transcript
  const known = speakers.some((one) => one.name === name)
  const named = known ? transcript : { ...transcript, speakers: [...speakers, newSpeaker(speakers, name)] }
  return assignSpeaker(named, { from: Number(found[1]) - 1, to: Number(found[2] ?? found[1]) }, idOf(named, name))
}

function readTranscript(path: string, io: Io): Transcript {
  let bytes: string
  try {
    bytes = readFileSync(path, 'utf8')
  } catch (error) {
    throw new InputError(`${text(io.language).cannotRead} ${path} (${(error as NodeJS.ErrnoException).code})`)
  }
  try {
    const transcript: Transcript = JSON.parse(bytes)
    if (
      transcript.segments.every(
        ({ start, end, words }) => Number.isFinite(start) && Number.isFinite(end) && Array.isArray(words),
      )
    )
      return transcript
  } catch {
    // Said below, in one way for all that is no transcript.
  }
  throw new InputError(`${text(io.language).noTranscript} ${path}`)
}
