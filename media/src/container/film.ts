import { throwIfCancelled } from '../error.ts'
import { defaultLimits, type Limits } from '../limits.ts'
import type { Pcm } from '../pcm/pcm.ts'
import { Output } from './output.ts'
import { PictureCopier, type PictureWriter } from './picture-copier.ts'
import type { ByteSink } from './sink.ts'
import { SoundEncoder } from './sound-encoder.ts'
import type { ByteSource } from './source.ts'

/** Containers of picture and sound. */
export type FilmFormat = 'mp4' | 'mov' | 'mkv' | 'webm'

const muxers = { mp4: 'mp4', mov: 'mov', mkv: 'matroska', webm: 'webm' } as const

/** Whether pictures of a codec (libav's name) may be put into a container as they are. */
export function mayCopyPicture(codec: string, format: FilmFormat): boolean {
  if (format === 'mkv') return true
  return format === 'webm' ? /^(vp8|vp9|av1)$/.test(codec) : /^(h264|hevc|mpeg4|av1)$/.test(codec)
}

/** What a film is written with. */
export interface FilmOptions {
  readonly format: FilmFormat
  readonly limits?: Limits
  readonly signal?: AbortSignal
  /** Seconds written so far. */
  readonly onSecond?: (seconds: number) => void
  readonly tags?: Readonly<Record<string, string>>
  /** libav's options of the writer of the container. */
  readonly muxerOptions?: Readonly<Record<string, string>>
}

/**
 * Writes pictures and sound into one file, in step: whichever is behind goes next.
 * @param pictures begins to write into the output; disposed here
 * @param sound the new sound; none makes a silent film
 */
export async function writeFilm(
  sink: ByteSink,
  options: FilmOptions,
  pictures: (output: Output, limits: Limits) => PictureWriter,
  sound: AsyncGenerator<Pcm>,
): Promise<void> {
  const limits = options.limits ?? defaultLimits
  let encoder: SoundEncoder | undefined
  try {
    using output = new Output(sink, muxers[options.format], limits.outputBytes)
    using picture = pictures(output, limits)
    let block = await sound.next()
    if (!block.done)
      encoder = new SoundEncoder(output, {
        format: options.format === 'webm' ? 'opus' : 'm4a',
        rate: block.value.rate,
        channels: block.value.channels.length,
      })
    if (options.tags) output.tag(options.tags)
    output.begin(options.muxerOptions)
    let more = true
    for (let steps = 1; more || !block.done; steps++) {
      throwIfCancelled(options.signal)
      if (!block.done && (!more || (encoder?.written ?? 0) <= picture.written)) {
        encoder?.write(block.value)
        block = await sound.next()
      } else more = picture.step()
      options.onSecond?.(Math.max(picture.written, encoder?.written ?? 0))
      if (steps % 64 === 0) await new Promise(setImmediate)
    }
    encoder?.end()
    output.end()
  } finally {
    await sound.return(undefined)
    encoder?.[Symbol.dispose]()
  }
}

/** Pictures copied from `source`: see {@link writeFilm}. */
export function copiedPictures(source: ByteSource): (output: Output, limits: Limits) => PictureWriter {
  return (output, limits) => new PictureCopier(source, output, limits)
}
