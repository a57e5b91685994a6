import { probe } from '../container/probe.ts'
import { type ByteSink, MemorySink } from '../container/sink.ts'
import type { SoundFormat } from '../container/sound-encoder.ts'
import { type ByteSource, memorySource } from '../container/source.ts'
import { BadRequestError } from '../error.ts'
import { type Arrangement, checkArrangement } from '../mix/arrangement.ts'
import { openSources, render } from '../mix/render.ts'
import { speechOf } from '../mix/speech-look.ts'
import { syntheticTags } from '../synthesis/label.ts'
import { master } from './master.ts'
import { filmOf } from './mix.ts'
import type { PictureFormat, Written } from './operation.ts'
import { labelOf, type SpeakSegment, type SpeakWork, type SpokenBefore, type SpokenSegment, speak } from './speak.ts'

/** A sentence of a recording in another language: where the original begins and ends, and what is said now. Seconds. */
export interface DubSentence {
  readonly start: number
  readonly end: number
  readonly text: string
  /** Spoken before, at a place of one of the further inputs. */
  readonly spoken?: SpokenBefore
}

/** How to dub. */
export interface DubOptions {
  readonly sentences: readonly DubSentence[]
  readonly voice: string
  readonly speed: number
  /** How far down the original stays underneath, dB (negative); left out when it is removed. */
  readonly original?: number
  /** A picture format keeps the pictures of a film, as they are. */
  readonly format: SoundFormat | PictureFormat
}

/** What was dubbed: each sentence where it is spoken now. */
export interface Dubbed extends Written {
  readonly sentences: readonly SpokenSegment[]
}

/**
 * Sentences as they are to be spoken: each begins exactly where the original does, and may last until the next begins, or
 * the recording ends. Sentences without words are left out; those that begin together are spoken one after the other.
 */
export function dubSegments(
  sentences: readonly DubSentence[],
  voice: string,
  speed: number,
  duration: number,
): SpeakSegment[] {
  const said = sentences.filter(({ text }) => text.trim() !== '').toSorted((a, b) => a.start - b.start)
  return said.map(({ start, text, spoken }, index) => ({
    text,
    voice,
    speed,
    at: start,
    until: Math.max(start, said[index + 1]?.start ?? Math.max(duration, start)),
    ...(spoken ? { spoken } : {}),
  }))
}

/**
 * Puts speech in another language over a recording: the original stays low underneath or goes, pictures stay as they are, and the whole lasts
 * as long as before (longer only where the last sentence does). Labelled as synthetic.
 * @param before what sentences were spoken into before, in lossless formats
 * @throws BadRequestError @throws NoAudioError @throws ModelMissingError @throws EngineMissingError @throws CancelledError
 */
export async function dub(
  source: ByteSource,
  sink: ByteSink,
  options: DubOptions,
  work: SpeakWork = {},
  before: readonly ByteSource[] = [],
): Promise<Dubbed> {
  const { original, format } = options
  if (original !== undefined && !(original >= -60 && original <= 0))
    throw new BadRequestError('the original stays at -60 to 0 dB, or goes')
  const { duration } = await probe(source, work)
  const segments = dubSegments(options.sentences, options.voice, options.speed, duration)
  const voice = new MemorySink()
  const spoken = await speak(before, voice, { segments, format: 'flac', duration }, work)
  const sources = await openSources([source, memorySource(voice.bytes)], work)
  const arrangement: Arrangement = {
    tracks: [
      { role: 'voice', clips: [{ source: 1, from: 0, to: spoken.duration, at: 0 }] },
      ...(original === undefined
        ? []
        : [
            {
              role: 'background' as const,
              gain: original,
              clips: [{ source: 0, from: 0, to: sources[0]?.duration ?? duration, at: 0 }],
            },
          ]),
    ],
  }
  checkArrangement(arrangement, sources.length)
  const speech = await speechOf(arrangement, sources, work)
  const film = await filmOf(source, format, work)
  const done = await master(
    () => render(arrangement, sources, speech, work),
    sink,
    { format, sample: 's16', tags: syntheticTags(labelOf(segments)), ...film },
    Math.max(duration, spoken.duration),
    work,
  )
  return { format, duration: done.duration, sentences: spoken.segments }
}
