/** Clips on the device, in the thread of the face engine: the browser's own codecs decode and encode, the composing is ours. */
import { drawLabel } from '@sotto/media/face/label'
import { OneEuro } from '@sotto/media/face/one-euro'
import { boxOf } from '@sotto/media/face/quality'
import { prepareSource, swapFace } from '@sotto/media/face/swap'
import { aigcLabel } from '@sotto/media/provenance/aigc'
import {
  ALL_FORMATS,
  BufferSource,
  BufferTarget,
  Conversion,
  canEncodeAudio,
  canEncodeVideo,
  Input,
  Mp4OutputFormat,
  Output,
  VideoSampleSink,
  WebMOutputFormat,
} from 'mediabunny'
import type { ClipRequest, Opened } from './face-worker.ts'

/** Longest film, seconds. */
const longest = 30

/** A film that cannot be worked on here; `why` is for people. */
export class ClipError extends Error {
  readonly why: 'long' | 'noFace' | 'codec'
  constructor(why: ClipError['why']) {
    super(why)
    this.why = why
  }
}

/** A clip being made; `stop` ends it. */
export interface ClipWork {
  stop(): void
}

/** Puts the face into each picture of the film; MP4 where the browser can write it, else WebM. @throws ClipError */
export async function makeClip(
  { networks, region }: Opened,
  request: ClipRequest,
  onProgress: (part: number) => void,
  hold: (work: ClipWork) => void,
): Promise<{ file: Uint8Array<ArrayBuffer>; type: string }> {
  const input = new Input({ source: new BufferSource(request.film), formats: ALL_FORMATS })
  const track = await input.getPrimaryVideoTrack()
  if (track === null || !(await track.canDecode())) throw new ClipError('codec')
  if ((await input.computeDuration()) > longest + 0.5) throw new ClipError('long')
  const scale = Math.max(1, Math.max(track.displayWidth, track.displayHeight) / 1280)
  const width = Math.round(track.displayWidth / scale) & ~1
  const height = Math.round(track.displayHeight / scale) & ~1
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new ClipError('codec')
  let stopped = false
  hold({
    stop: () => {
      stopped = true
    },
  })
  const own = request.points === undefined
  const points = request.points ?? (await followed())
  const prepared = prepareSource({ pixels: request.selfie, points: request.from })
  const mp4 = (await canEncodeVideo('avc', { width, height })) && (await canEncodeAudio('aac'))
  const id = request.id ?? crypto.randomUUID()
  const label = aigcLabel(request.producer, id)
  const target = new BufferTarget()
  const output = new Output({
    format: mp4 ? new Mp4OutputFormat({ fastStart: false, metadataFormat: 'mdta' }) : new WebMOutputFormat(),
    target,
  })
  let index = 0
  const conversion = await Conversion.init({
    input,
    output,
    tags: { raw: { AIGC: JSON.stringify(label) } },
    video: {
      width,
      height,
      fit: 'fill',
      allowTransformationMetadata: false,
      forceTranscode: true,
      codec: mp4 ? 'avc' : 'vp8',
      process: (sample) => {
        sample.draw(context, 0, 0, width, height)
        const at = points[index++]
        const image = context.getImageData(0, 0, width, height)
        const pixels = { width, height, data: image.data }
        if (at !== undefined)
          swapFace(
            region,
            prepared,
            { pixels, points: at },
            { strength: request.strength, mouth: request.mouth, relight: request.relight },
          )
        drawLabel(pixels)
        context.putImageData(image, 0, 0)
        return canvas
      },
      processedWidth: width,
      processedHeight: height,
    },
    audio: mp4 ? { codec: 'aac' } : { codec: 'opus' },
  })
  if (!conversion.isValid) throw new ClipError('codec')
  conversion.onProgress = (part) => onProgress(own ? 0.5 + part / 2 : part)
  hold({
    stop: () => {
      stopped = true
      void conversion.cancel()
    },
  })
  if (stopped) throw new ClipError('codec')
  await conversion.execute()
  const made = new Uint8Array(target.buffer ?? new ArrayBuffer(0))
  if (!mp4) return { file: made, type: 'video/webm' }
  const { newSigner, withCredential } = await import('@sotto/media/provenance/credential')
  const signed = await withCredential(made, id, await newSigner(request.producer))
  return { file: Uint8Array.from(signed), type: 'video/mp4' }

  /** The points of the largest face in each picture, smoothed over time. */
  async function followed(): Promise<(Float32Array | undefined)[]> {
    const { findFaces, trackFace } = await import('@sotto/media/face/find')
    const all: (Float32Array | undefined)[] = []
    const smooth = new OneEuro()
    let before: Float32Array | undefined
    const duration = await input.computeDuration()
    if (track === null || context === null) return all
    for await (const sample of new VideoSampleSink(track).samples()) {
      if (stopped) {
        sample.close()
        throw new ClipError('codec')
      }
      sample.draw(context, 0, 0, width, height)
      const { timestamp } = sample
      sample.close()
      const pixels = { width, height, data: context.getImageData(0, 0, width, height).data }
      let now = before && (await trackFace(networks, pixels, before))?.points
      if (now === undefined) {
        now = (await findFaces(networks, pixels, { tiles: 'never', turned: false })).faces[0]?.points
        smooth.reset()
      }
      before = now
      all.push(now && smooth.next(now, timestamp, boxOf(now).width))
      onProgress(Math.min(1, timestamp / duration) / 2)
    }
    if (all.every((one) => one === undefined)) throw new ClipError('noFace')
    return all
  }
}
