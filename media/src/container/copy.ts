import { AV_NOPTS_VALUE, AV_PKT_DATA_SKIP_SAMPLES } from 'node-av/constants'
import { Packet, type Stream } from 'node-av/lib'
import { EngineCrashedError, NoAudioError, throwIfCancelled } from '../error.ts'
import { defaultLimits, type Limits } from '../limits.ts'
import { Input, isCover, seconds } from './input.ts'
import { Output } from './output.ts'
import type { ByteSink } from './sink.ts'
import type { ByteSource } from './source.ts'

/** What to take over unchanged. */
export interface CopyOptions {
  /** libav's muxer name. */
  readonly muxer: string
  /** Only the sound. */
  readonly soundOnly: boolean
  /** First second to be shown; what a decoder needs from before is kept behind an edit list. */
  readonly from?: number
  /** End in seconds (exclusive). */
  readonly to?: number
  readonly signal?: AbortSignal
  readonly limits?: Limits
  readonly onSecond?: (done: number) => void
}

/** What a copy holds. */
export interface Copied {
  /** Seconds shown. */
  readonly duration: number
  /** Seconds of picture and sound before the cut that are still in the file, not shown. */
  readonly hiddenBefore: number
  /** Seconds after the cut that are still in the file. */
  readonly hiddenAfter: number
}

const packetsPerTurn = 2048
/** AAC needs one packet of run-up (ISO/IEC 14496-3), HE-AAC two. */
const runUpPackets = 2

interface CopyStream {
  readonly isPicture: boolean
  readonly index: number
  readonly rate: number
  readonly timeBase: { readonly num: number; readonly den: number }
  /** Seconds per tick. */
  readonly tick: number
  /** Ticks of `from`. */
  shift: bigint
  /** Packets of sound before `from` that may still be needed as run-up. */
  runUp: Packet[]
  end: number
  lastDts?: bigint
}

/**
 * Copies packets into a new container without decoding. The streams start at `from` by an edit list (MP4 family): the
 * packets back to the last keyframe stay in the file. No tag, chapter or attachment of the source is taken over.
 * @throws NoAudioError when only sound is wanted and there is none
 */
export async function copyStreams(source: ByteSource, sink: ByteSink, options: CopyOptions): Promise<Copied> {
  const limits = options.limits ?? defaultLimits
  using input = Input.open(source, limits)
  const sound = input.best('audio')
  const picture = options.soundOnly ? undefined : input.best('video')
  if (sound === undefined && options.soundOnly) throw new NoAudioError('the file holds no sound')
  const chosen = [picture, sound].filter((stream) => stream !== undefined)
  input.select(chosen)
  using output = new Output(sink, options.muxer, limits.outputBytes)
  const copies = new Map<number, CopyStream>()
  for (const [index, stream] of chosen.entries()) {
    const made = output.format.newStream(null)
    if (stream.codecpar.copy(made.codecpar) < 0) throw new EngineCrashedError('cannot copy the header of a stream')
    made.codecpar.codecTag = 0
    made.timeBase = stream.timeBase
    const { num, den } = stream.timeBase
    copies.set(stream.index, {
      isPicture: stream === picture,
      index,
      rate: stream.codecpar.sampleRate,
      timeBase: { num, den },
      tick: num / den,
      shift: 0n,
      runUp: [],
      end: 0,
    })
  }
  output.begin()

  const zero = shownStart(input, chosen)
  const from = (options.from ?? 0) + zero
  const to = options.to === undefined ? Number.POSITIVE_INFINITY : options.to + zero
  const leader = picture ?? sound
  if (options.from !== undefined && options.from > 0 && leader !== undefined)
    input.seek(leader, picture === undefined ? from - 1 : from)

  let hiddenBefore = 0
  let hiddenAfter = 0
  /** Pictures due after the end that an earlier one, still to come, may need. */
  let held: Packet[] = []
  const write = (packet: Packet, copy: CopyStream): void => {
    const ticks = trueDuration(packet)
    const at = Number(packet.pts) * copy.tick
    const length = Number(ticks) * copy.tick
    hiddenBefore = Math.max(hiddenBefore, from - at)
    hiddenAfter = Math.max(hiddenAfter, Number.isFinite(to) ? at + length - to : 0)
    packet.streamIndex = copy.index
    if (packet.dts !== AV_NOPTS_VALUE) {
      let dts = packet.dts - copy.shift
      // Vorbis from spliced streams steps back by a few samples, which no muxer takes.
      if (copy.lastDts !== undefined && dts <= copy.lastDts) dts = copy.lastDts + 1n
      const pts = packet.pts - copy.shift
      packet.dts = dts
      if (pts < dts) packet.pts = dts
      else packet.pts = pts
      copy.lastDts = dts
    } else packet.pts -= copy.shift
    packet.duration = ticks
    if (!copy.isPicture && at + length > to) trimEnd(packet, copy, to - at)
    copy.end = Math.max(copy.end, Math.min(at + length, to))
    options.onSecond?.(at - from)
    output.write(packet, copy.timeBase)
  }
  for (const copy of copies.values()) copy.shift = BigInt(Math.round(from / copy.tick))

  using packet = new Packet()
  packet.alloc()
  const open = new Set(copies.keys())
  let packets = 0
  while (open.size > 0 && input.read(packet)) {
    if (++packets % packetsPerTurn === 0) {
      await new Promise(setImmediate)
      throwIfCancelled(options.signal)
    }
    const copy = copies.get(packet.streamIndex)
    if (copy === undefined || !open.has(packet.streamIndex) || packet.pts === AV_NOPTS_VALUE) {
      packet.unref()
      continue
    }
    const at = Number(packet.pts) * copy.tick
    const length = Number(trueDuration(packet)) * copy.tick
    if (copy.isPicture) {
      const decodeAt = packet.dts === AV_NOPTS_VALUE ? at : Number(packet.dts) * copy.tick
      if (decodeAt >= to) open.delete(packet.streamIndex)
      else if (at >= to) {
        const kept = packet.clone()
        if (kept !== null) held.push(kept)
      } else {
        for (const earlier of held) write(earlier, copy)
        for (const earlier of held) earlier.free()
        held = []
        write(packet, copy)
      }
    } else if (at >= to) open.delete(packet.streamIndex)
    else if (at + length <= from) {
      const kept = packet.clone()
      if (kept !== null) copy.runUp.push(kept)
      if (copy.runUp.length > runUpPackets) copy.runUp.shift()?.free()
    } else {
      for (const earlier of copy.runUp) write(earlier, copy)
      for (const earlier of copy.runUp) earlier.free()
      copy.runUp = []
      write(packet, copy)
    }
    packet.unref()
  }
  for (const left of [...held, ...[...copies.values()].flatMap((copy) => copy.runUp)]) left.free()
  output.end()
  const end = Math.max(from, ...[...copies.values()].map((copy) => copy.end))
  return { duration: end - from, hiddenBefore: Math.max(0, hiddenBefore), hiddenAfter: Math.max(0, hiddenAfter) }
}

/** libav's Ogg reader writes the trimmed end of the last packet as a negative number of 32 bits. */
export function trueDuration(packet: Packet): bigint {
  return BigInt.asIntN(32, packet.duration)
}

/** The first shown moment on the container's clock; run-up before 0 is not shown. */
export function shownStart(input: Input, streams: readonly Stream[]): number {
  const starts = streams
    .filter((stream) => !isCover(stream))
    .map((stream) => seconds(stream, stream.startTime))
    .filter((start) => start !== undefined)
  if (starts.length === 0) return 0
  return input.best('video') === undefined ? Math.max(0, Math.min(...starts)) : Math.min(...starts)
}

/** Ends a packet of sound early: decoders drop the samples after `length` seconds. */
function trimEnd(packet: Packet, copy: CopyStream, length: number): void {
  const whole = Math.round(Number(packet.duration) * copy.tick * copy.rate)
  const kept = Math.round(length * copy.rate)
  const side = Buffer.alloc(10)
  side.writeUInt32LE(Math.max(0, whole - kept), 4)
  packet.addSideData(AV_PKT_DATA_SKIP_SAMPLES, side)
  packet.duration = BigInt(Math.round(length / copy.tick))
}
