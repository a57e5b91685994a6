import { type Cue, cuesOf } from './cue.ts'
import { joinWords } from './join.ts'
import { writeSrt } from './srt.ts'
import type { Segment, Transcript, Word } from './transcript.ts'
import { writeVtt } from './vtt.ts'

/**
 * Who speaks. A speaker is a name that somebody gave, never recognised from the voice: nothing here keeps what a voice is
 * like (clauses G23). Speakers stand on segments; segments of different speakers may overlap in time.
 */
export interface Speaker {
  readonly id: string
  readonly name: string
  /** `#rrggbb` */
  readonly colour: string
}

/** Colours given to speakers in turn: told apart by people who see few colours, too (Okabe and Ito 2008). */
export const SPEAKER_COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00'] as const

/** A new speaker beside those there are. */
export function newSpeaker(speakers: readonly Speaker[], name?: string): Speaker {
  const numbers = speakers.map(({ id }) => Number(id)).filter(Number.isSafeInteger)
  const id = String(Math.max(0, ...numbers) + 1)
  const colour = SPEAKER_COLOURS[speakers.length % SPEAKER_COLOURS.length] as string // the list is not empty
  return { id, name: name ?? id, colour }
}

/** The transcript with other facts about one speaker: name, colour, or both. @throws RangeError when there is no such speaker */
export function changeSpeaker(
  transcript: Transcript,
  id: string,
  facts: Partial<Pick<Speaker, 'name' | 'colour'>>,
): Transcript {
  known(transcript, id)
  const speakers = transcript.speakers?.map((one) => (one.id === id ? { ...one, ...facts } : one)) ?? []
  return { ...transcript, speakers }
}

/** The transcript in which all that `id` said was said by `into`. @throws RangeError when there is no such speaker */
export function mergeSpeakers(transcript: Transcript, id: string, into: string): Transcript {
  known(transcript, id)
  known(transcript, into)
  if (id === into) return transcript
  return {
    ...transcript,
    speakers: transcript.speakers?.filter((one) => one.id !== id) ?? [],
    segments: transcript.segments.map((segment) => (segment.speaker === id ? { ...segment, speaker: into } : segment)),
  }
}

/** The transcript in which segments `[from, to)` were said by a speaker. @throws RangeError when one of them is not there */
export function assignSpeaker(transcript: Transcript, range: { from: number; to: number }, id: string): Transcript {
  known(transcript, id)
  const { from, to } = range
  if (!(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from < to && to <= transcript.segments.length))
    throw new RangeError(`no such segments: ${from}..${to} of ${transcript.segments.length}`)
  const segments = transcript.segments.map((segment, index) =>
    from <= index && index < to ? { ...segment, speaker: id } : segment,
  )
  return { ...transcript, segments }
}

function known({ speakers = [] }: Transcript, id: string): void {
  if (!speakers.some((one) => one.id === id)) throw new RangeError(`there is no speaker ${id}`)
}

/** One transcript of several, a speaker each (as of the channels of one recording), in order of time. */
export function joinSpeakers(transcripts: readonly Transcript[], names: readonly string[] = []): Transcript {
  const speakers: Speaker[] = []
  const segments = transcripts.flatMap((transcript, index) => {
    const speaker = newSpeaker(speakers, names[index])
    speakers.push(speaker)
    return transcript.segments.map((segment) => ({ ...segment, speaker: speaker.id }))
  })
  const spoken = transcripts.filter((one) => one.segments.length > 0)
  return {
    language: spoken[0]?.language ?? 'und',
    duration: Math.max(0, ...transcripts.map(({ duration }) => duration)),
    segments: segments.toSorted((a, b) => a.start - b.start),
    speakers,
  }
}

/** What one speaker says without another between. `speaker` is undefined where nobody was named. */
export interface Turn {
  readonly speaker: Speaker | undefined
  readonly segments: readonly Segment[]
}

/** The transcript as turns, in order of time. */
export function turnsOf({ segments, speakers = [] }: Transcript): Turn[] {
  const turns: { speaker: Speaker | undefined; segments: Segment[] }[] = []
  for (const segment of segments) {
    const last = turns.at(-1)
    if (last && last.segments.at(-1)?.speaker === segment.speaker) last.segments.push(segment)
    else turns.push({ speaker: speakers.find(({ id }) => id === segment.speaker), segments: [segment] })
  }
  return turns
}

/** Plain text: each turn a paragraph that begins with the name. */
export function writeTurns(transcript: Transcript): string {
  return turnsOf(transcript)
    .map(({ speaker, segments }) => {
      const text = joinWords(
        segments.flatMap(({ words, text: whole }): (string | Word)[] => (words.length > 0 ? [...words] : [whole])),
      )
      return `${speaker ? `${speaker.name}: ` : ''}${text}\n`
    })
    .join('\n')
}

/** Cues of each turn by itself: no subtitle holds words of two people. */
function turnCues(transcript: Transcript): { cue: Cue; speaker: Speaker | undefined; first: boolean }[] {
  return turnsOf(transcript)
    .flatMap(({ speaker, segments }) => {
      const end = Math.max(...segments.map((segment) => segment.end))
      const cues = cuesOf({ language: transcript.language, duration: end, segments })
      return cues.map((cue, index) => ({ cue, speaker, first: index === 0 }))
    })
    .toSorted((a, b) => a.cue.start - b.cue.start)
}

/** SubRip: the name before the first line of each turn. */
export function writeSrtTurns(transcript: Transcript): string {
  const cues = turnCues(transcript).map(({ cue, speaker, first }) => {
    const [line = '', ...more] = cue.lines
    return speaker && first ? { ...cue, lines: [`${speaker.name}: ${line}`, ...more] } : cue
  })
  return writeSrt(cues)
}

/** WebVTT: each cue in a voice span (`<v Name>`), which players may colour. */
export function writeVttTurns(transcript: Transcript): string {
  const cues = turnCues(transcript)
  const blocks = writeVtt(cues.map(({ cue }) => cue)).split('\n\n')
  return blocks
    .map((block, index) => {
      const speaker = cues[index - 1]?.speaker
      if (index === 0 || !speaker) return block
      const name = speaker.name.replace(/[&<>\n\r]/g, ' ')
      return block.replace('\n', `\n<v ${name}>`)
    })
    .join('\n\n')
}
