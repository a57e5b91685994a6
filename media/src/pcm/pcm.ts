/**
 * Sound as numbers: one `Float32Array` per channel (planar), nominal range [-1, 1], all of equal length, at `rate`
 * samples per second. Long sound flows as a sequence of such blocks of equal rate and channel count.
 */
export interface Pcm {
  readonly rate: number
  readonly channels: Float32Array[]
}

/** Samples per channel. */
export function pcmLength(pcm: Pcm): number {
  return pcm.channels[0]?.length ?? 0
}

/** Seconds. */
export function pcmDuration(pcm: Pcm): number {
  return pcmLength(pcm) / pcm.rate
}

/** The samples `[start, end)` as views of the same memory. */
export function slicePcm(pcm: Pcm, start: number, end: number): Pcm {
  return { rate: pcm.rate, channels: pcm.channels.map((channel) => channel.subarray(start, end)) }
}

/** `length` samples of digital silence. */
export function silentPcm(rate: number, channels: number, length: number): Pcm {
  return { rate, channels: Array.from({ length: channels }, () => new Float32Array(length)) }
}

/** Blocks of one rate and channel count joined to one. Zero blocks join to zero channels at 48 kHz. */
export function concatPcm(blocks: readonly Pcm[]): Pcm {
  const first = blocks[0]
  if (first === undefined) return { rate: 48_000, channels: [] }
  let length = 0
  for (const block of blocks) {
    if (block.rate !== first.rate || block.channels.length !== first.channels.length)
      throw new RangeError('blocks of different rate or channel count cannot be joined')
    length += pcmLength(block)
  }
  const joined = silentPcm(first.rate, first.channels.length, length)
  let at = 0
  for (const block of blocks) {
    for (const [index, channel] of block.channels.entries()) joined.channels[index]?.set(channel, at)
    at += pcmLength(block)
  }
  return joined
}

/** One channel: the mean of all. */
export function mixToMono(pcm: Pcm): Float32Array {
  const [first, ...others] = pcm.channels
  if (first === undefined) return new Float32Array(0)
  if (others.length === 0) return first
  const mono = Float32Array.from(first)
  for (const channel of others) for (let i = 0; i < mono.length; i++) mono[i] = (mono[i] ?? 0) + (channel[i] ?? 0)
  const scale = 1 / pcm.channels.length
  for (let i = 0; i < mono.length; i++) mono[i] = (mono[i] ?? 0) * scale
  return mono
}
