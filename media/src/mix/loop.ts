import { type Pcm, pcmLength, silentPcm, slicePcm } from '../pcm/pcm.ts'

/** Samples of the crossfade between two turns of `length` samples: `most`, or a quarter of a short one. */
export function seamOf(length: number, most: number): number {
  return Math.max(0, Math.min(most, Math.floor(length / 4)))
}

/**
 * A sound again and again, without end: the last `seam` samples of each turn are crossfaded (equal power) with the first
 * of the next. `open` begins a turn `at` samples into it; one has `length` samples. `skip` samples of it all are left out.
 * Nothing comes of an empty sound.
 */
export async function* looped(
  open: (at: number) => AsyncIterable<Pcm>,
  options: { readonly seam: number; readonly length: number; readonly skip?: number },
): AsyncGenerator<Pcm> {
  const { length, skip = 0 } = options
  const seam = seamOf(length, options.seam)
  const period = Math.max(1, length - seam)
  let at = skip % period
  let tail = skip >= period && at < seam ? await gathered(open(length - seam)) : undefined
  for (;;) {
    let held: Pcm | undefined
    let given = at
    for await (const block of open(at)) {
      const all = held === undefined ? block : joined(held, block)
      const ready = pcmLength(all) - seam
      if (ready <= 0) {
        held = all
        continue
      }
      let out = slicePcm(all, 0, ready)
      held = slicePcm(all, ready, ready + seam)
      if (tail !== undefined && given < seam) out = faded(tail, out, given, seam)
      given += ready
      yield out
    }
    if (given === 0) {
      // Shorter than its own seam: as it is, once.
      if (held !== undefined) yield held
      return
    }
    at = 0
    tail = held
  }
}

async function gathered(blocks: AsyncIterable<Pcm>): Promise<Pcm | undefined> {
  let all: Pcm | undefined
  for await (const block of blocks) all = all === undefined ? block : joined(all, block)
  return all
}

function joined(a: Pcm, b: Pcm): Pcm {
  const both = silentPcm(a.rate, a.channels.length, pcmLength(a) + pcmLength(b))
  for (const [index, channel] of both.channels.entries()) {
    channel.set(a.channels[index] as Float32Array)
    channel.set(b.channels[index] as Float32Array, pcmLength(a))
  }
  return both
}

/** `out`, which begins `at` samples into its turn, with the rest of the turn before falling over it. */
function faded(tail: Pcm, out: Pcm, at: number, seam: number): Pcm {
  return {
    rate: out.rate,
    channels: out.channels.map((channel, index) => {
      const copy = Float32Array.from(channel)
      const falling = tail.channels[index]
      for (let i = 0; i < copy.length && at + i < seam; i++) {
        const turn = (((at + i + 0.5) / seam) * Math.PI) / 2
        copy[i] = (copy[i] ?? 0) * Math.sin(turn) + (falling?.[at + i] ?? 0) * Math.cos(turn)
      }
      return copy
    }),
  }
}
