import { copyStreams } from '../container/copy.ts'
import { probe } from '../container/probe.ts'
import type { ByteSink } from '../container/sink.ts'
import { type SoundFormat, soundFormats } from '../container/sound-encoder.ts'
import type { ByteSource } from '../container/source.ts'
import { BadRequestError, NoAudioError } from '../error.ts'
import { convert } from './convert.ts'
import { type OutputFormat, progressOf, type Work, type Written } from './operation.ts'

/** What a codec of sound can be put into unchanged, the first one by choice; and libav's muxer for it. */
const homes: Readonly<Record<string, readonly { format: OutputFormat; muxer: string }[]>> = {
  aac: [{ format: 'm4a', muxer: 'ipod' }],
  alac: [{ format: 'm4a', muxer: 'ipod' }],
  opus: [{ format: 'opus', muxer: 'opus' }],
  mp3: [{ format: 'mp3', muxer: 'mp3' }],
  vorbis: [{ format: 'ogg', muxer: 'ogg' }],
  flac: [{ format: 'flac', muxer: 'flac' }],
  pcm_s16le: [{ format: 'wav', muxer: 'wav' }],
  pcm_s24le: [{ format: 'wav', muxer: 'wav' }],
  pcm_f32le: [{ format: 'wav', muxer: 'wav' }],
}

/** Did the sound stay as it was? */
export interface Extracted extends Written {
  readonly how: 'copied' | 'encoded'
}

/**
 * Takes the sound out of a file: packet by packet unchanged where the codec has a container of its own and no other
 * format is asked for, else encoded anew.
 * @throws NoAudioError when the file holds no sound
 */
export async function extract(
  source: ByteSource,
  sink: ByteSink,
  options: { readonly format?: OutputFormat } = {},
  work: Work = {},
): Promise<Extracted> {
  const what = await probe(source, work)
  const sound = what.streams.find(({ type }) => type === 'audio')
  if (sound === undefined) throw new NoAudioError('the file holds no sound')
  const home = (homes[sound.codec] ?? []).find(({ format }) => (options.format ?? format) === format)
  if (home !== undefined) {
    const onSecond = progressOf(work, 'extract', what.duration)
    const { duration } = await copyStreams(source, sink, { ...work, muxer: home.muxer, soundOnly: true, onSecond })
    return { format: home.format, duration, how: 'copied' }
  }
  const format = options.format === undefined ? fallback(sound.codec) : encodable(options.format)
  return { ...(await convert(source, sink, { format }, work)), how: 'encoded' }
}

/** The format to encode to where one was asked for that the sound cannot be copied into. */
function encodable(asked: OutputFormat): SoundFormat {
  if (asked === 'ogg') return 'opus' // there is no Vorbis encoder; Opus lives in the same container
  const format = soundFormats.find((one) => one === asked)
  if (format === undefined) throw new BadRequestError(`this sound cannot be written as ${asked}`)
  return format
}

/** Sound without a container of its own: PCM stays lossless, telephone codecs become AAC. */
function fallback(codec: string): SoundFormat {
  return codec.startsWith('pcm_') ? 'wav' : 'm4a'
}
