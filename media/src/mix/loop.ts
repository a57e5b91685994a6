import { type Pcm, pcmLength, silentPcm, slicePcm } from '../pcm/pcm.ts'

/**
 * A sound again and again, without end: the last `seam` samples of each turn are crossfaded (equal power) with the first
 * of the next. `open` begins a turn; `length` is about how many samples one has. Nothing comes of an empty sound.
 */
export async function* looped(
  open: () => AsyncIterable<Pcm>,
  options: { readonly seam: number; readonly length: number },
): AsyncGenerator<Pcm> {
  const seam = Math.max(0, Math.min(options.seam, Math.floor(options.length / 4)))
  let tail: Pcm | undefined
  for (;;) {
    let held: Pcm | undefined
    let given = 0
    for await (const block of open()) {
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
    tail = held
  }
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
