import {
  AV_NOPTS_VALUE,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_DATA,
  AVMEDIA_TYPE_SUBTITLE,
  AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants'
import { avGetCodecName, Packet, type Stream } from 'node-av/lib'
import { throwIfCancelled } from '../error.ts'
import { defaultLimits, type Limits } from '../limits.ts'
import { trueDuration } from './copy.ts'
import { Input, isCover, seconds } from './input.ts'
import type { ByteSource } from './source.ts'

/** One stream of a media file. */
export interface StreamInfo {
  readonly type: 'audio' | 'video' | 'image' | 'subtitle' | 'data'
  /** libav's name, e.g. `aac`, `h264`, `pcm_s24le`. */
  readonly codec: string
  readonly sampleRate?: number
  readonly channels?: number
  readonly width?: number
  readonly height?: number
  /** Frames per second, the average. */
  readonly frameRate?: number
  /** ISO 639-2 as the file says it. */
  readonly language?: string
}

/** What a media file is. Names, places and other tags of the file are not part of it. */
export interface MediaInfo {
  /** `mp4`, `m4a`, `mov`, `3gp`, `webm`, `mkv`, `ogg`, `mp3`, `wav`, `flac`, `aac`, `amr`, `aiff`, ... */
  readonly container: string
  /** Seconds. Measured where the file says nothing or something its bytes do not bear out. */
  readonly duration: number
  readonly streams: readonly StreamInfo[]
}

/** Header and bytes may differ by a frame or two, not by more. */
const tolerance = 0.3
/** Seconds before the announced end from which the end is measured. */
const tail = 3
const packetsPerTurn = 2048

/**
 * Reads what `source` is, without decoding it.
 * @throws UnreadableMediaError @throws TooManyStreamsError @throws TooLargePictureError
 */
export async function probe(
  source: ByteSource,
  options: { signal?: AbortSignal; limits?: Limits } = {},
): Promise<MediaInfo> {
  const limits = options.limits ?? defaultLimits
  using input = Input.open(source, limits)
  const streams = input.streams.map(describe)
  const container = containerName(source, input)
  const announced = announcedDuration(input, container)
  if (announced !== undefined) {
    const first = input.best('audio') ?? input.best('video')
    if (first !== undefined && input.seek(first, Math.max(0, announced - tail))) {
      const end = await measuredEnd(input, options.signal)
      if (end > announced + tolerance) return { container, duration: end, streams }
      if (end > announced - tolerance) return { container, duration: announced, streams }
    }
  }
  using again = Input.open(source, limits)
  return { container, duration: await measuredEnd(again, options.signal), streams }
}

/** The duration that stands in the file, if one does. */
function announcedDuration(input: Input, container: string): number | undefined {
  if (!input.declaresDuration || input.format.duration <= 0n) return undefined
  const whole = Number(input.format.duration) / 1e6
  const audio = input.best('audio')
  // Ogg's last granule counts Opus' pre-skip, which is not played (RFC 7845 section 4.3).
  if (container === 'ogg' && audio !== undefined && codecName(audio) === 'opus')
    return Math.round(whole * 1e6 - (audio.codecpar.initialPadding * 1e6) / 48_000) / 1e6
  return whole
}

/** Where the last sound or picture ends, counted from the first shown moment, by the packets that are left to read. */
async function measuredEnd(input: Input, signal: AbortSignal | undefined): Promise<number> {
  const timed = input.streams.filter(
    ({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_AUDIO || codecpar.codecType === AVMEDIA_TYPE_VIDEO,
  )
  const moving = timed.filter((stream) => !isCover(stream))
  const ends = new Map<number, { last: number; step: number; end: number }>()
  const byIndex = new Map(moving.map((stream) => [stream.index, stream]))
  using packet = new Packet()
  packet.alloc()
  let packets = 0
  while (input.read(packet)) {
    const stream = byIndex.get(packet.streamIndex)
    const at = stream && seconds(stream, packet.pts === AV_NOPTS_VALUE ? packet.dts : packet.pts)
    if (stream !== undefined && at !== undefined) {
      const was = ends.get(stream.index)
      const length = seconds(stream, trueDuration(packet)) ?? 0
      const step = length > 0 ? length : was === undefined ? 0 : Math.max(0, at - was.last)
      ends.set(stream.index, { last: at, step, end: length < 0 ? at + length : Math.max(was?.end ?? 0, at + step) })
    }
    packet.unref()
    if (++packets % packetsPerTurn === 0) {
      await new Promise(setImmediate)
      throwIfCancelled(signal)
    }
  }
  const starts = moving.map((stream) => seconds(stream, stream.startTime)).filter((start) => start !== undefined)
  const zero = starts.length === 0 ? 0 : Math.max(0, Math.min(...starts))
  const end = Math.max(0, ...[...ends.values()].map((stream) => stream.end - zero))
  return Math.round(end * 1e6) / 1e6
}

function codecName(stream: Stream): string {
  return avGetCodecName(stream.codecpar.codecId) ?? 'unknown'
}

function describe(stream: Stream): StreamInfo {
  const { codecpar } = stream
  const codec = codecName(stream)
  const language = stream.metadata?.get('language') ?? undefined
  const spoken = language === undefined || language === 'und' ? {} : { language }
  switch (codecpar.codecType) {
    case AVMEDIA_TYPE_AUDIO:
      return { type: 'audio', codec, sampleRate: codecpar.sampleRate, channels: codecpar.channels, ...spoken }
    case AVMEDIA_TYPE_VIDEO: {
      const size = { width: codecpar.width, height: codecpar.height }
      if (isCover(stream)) return { type: 'image', codec, ...size }
      const { num, den } = stream.avgFrameRate.num > 0 ? stream.avgFrameRate : stream.rFrameRate
      const rate = num > 0 && den > 0 ? { frameRate: Math.round((num / den) * 1000) / 1000 } : {}
      return { type: 'video', codec, ...size, ...rate, ...spoken }
    }
    case AVMEDIA_TYPE_SUBTITLE:
      return { type: 'subtitle', codec, ...spoken }
    case AVMEDIA_TYPE_DATA:
      return { type: 'data', codec }
    default:
      return { type: 'data', codec }
  }
}

/** The short name people use. libav has one demuxer for all of mp4's and one for all of Matroska's family. */
function containerName(source: ByteSource, input: Input): string {
  const name = input.format.iformat?.name ?? 'unknown'
  if (name.startsWith('mov,')) {
    const brand = input.format.metadata?.get('major_brand') ?? ''
    if (brand.startsWith('qt')) return 'mov'
    if (brand.startsWith('3g')) return '3gp'
    if (/^m4[ab]/i.test(brand)) return 'm4a'
    return 'mp4'
  }
  if (name.startsWith('matroska')) {
    const head = Buffer.alloc(64)
    source.read(0, head)
    return head.includes('webm') ? 'webm' : 'mkv'
  }
  return name
}
