import { type Pcm, silentPcm } from '../pcm/pcm.ts'
import type { BedName } from './bed-names.ts'
import { BandPass, Noise, OnePole } from './noise.ts'

/** Samples per second that background sounds are made at. */
export const BED_RATE = 48_000
const blockLength = 16_384
const turn = 2 * Math.PI

/** One channel of a sound, sample by sample. */
type Voice = () => number

const makers: Readonly<Record<BedName, (seed: number) => Voice>> = { rain, waves, cafe, room, pad }

/**
 * A background sound without end, in stereo at {@link BED_RATE}. The same name and seed always give the same samples;
 * left and right are made apart, so it is wide.
 */
export function* bed(name: BedName, seed = 1): Generator<Pcm, never> {
  const sides = [makers[name](seed * 2), makers[name](seed * 2 + 1)]
  for (;;) {
    const block = silentPcm(BED_RATE, 2, blockLength)
    for (const [side, channel] of block.channels.entries()) {
      const voice = sides[side] as Voice // as many as channels
      for (let i = 0; i < blockLength; i++) channel[i] = voice()
    }
    yield block
  }
}

/** Seconds of one turn of a sound, with the second in which it goes over into the next: the pad's is that of its chords. */
const turnSeconds: Readonly<Record<BedName, number>> = { rain: 61, waves: 64, cafe: 61, room: 61, pad: 49 }
const turns = new Map<BedName, { readonly turn: Pcm; readonly blocks: Generator<Pcm, never>; made: number }>()

/** Samples of one turn of a background sound. */
export function bedTurnLength(name: BedName): number {
  return turnSeconds[name] * BED_RATE
}

/**
 * One turn of a background sound, made once per process: loop it with a crossfade of a second. Only as much of it is made
 * as was ever asked for; what lies after `upTo` (samples) may still be silence.
 */
export function bedTurn(name: BedName, upTo = bedTurnLength(name)): Pcm {
  const length = bedTurnLength(name)
  const known = turns.get(name) ?? { turn: silentPcm(BED_RATE, 2, length), blocks: bed(name), made: 0 }
  turns.set(name, known)
  while (known.made < Math.min(upTo, length)) {
    const block = known.blocks.next().value
    for (const [side, channel] of known.turn.channels.entries())
      channel.set((block.channels[side] as Float32Array).subarray(0, length - known.made), known.made)
    known.made += blockLength
  }
  return known.turn
}

/** A slow wandering between -1 and 1: noise under a very low pass, brought back to size. */
function drift(seed: number, hertz: number): Voice {
  const noise = new Noise(seed)
  const step = hertz / BED_RATE
  let from = noise.next()
  let to = noise.next()
  let place = 0
  return () => {
    place += step
    if (place >= 1) {
      place -= 1
      from = to
      to = noise.next()
    }
    return from + (to - from) * (0.5 - 0.5 * Math.cos(Math.PI * place))
  }
}

/** Air in a quiet room: brown noise, and a little of the machine next door. */
function room(seed: number): Voice {
  const noise = new Noise(seed)
  const deep = new OnePole(BED_RATE, 90)
  const air = new OnePole(BED_RATE, 900)
  const sway = drift(seed + 100, 0.2)
  return () => {
    const white = noise.next()
    return (deep.low(white) * 1.2 + air.low(white) * 0.12) * (1 + 0.1 * sway())
  }
}

/** Steady rain, and drops near by. */
function rain(seed: number): Voice {
  const noise = new Noise(seed)
  const bottom = new OnePole(BED_RATE, 400)
  const top = new OnePole(BED_RATE, 6500)
  const sway = drift(seed + 100, 0.15)
  const drops = Array.from({ length: 6 }, () => ({ left: 0, size: 0, phase: 0, step: 0 }))
  return () => {
    let value = bottom.high(top.low(noise.next())) * 0.3 * (1 + 0.25 * sway())
    for (const drop of drops) {
      if (drop.left <= 0) {
        drop.left = Math.round(noise.between(0.02, 0.5) * BED_RATE)
        drop.size = noise.between(0, 0.5) ** 3
        drop.phase = 0
        drop.step = (turn * noise.between(1200, 5200)) / BED_RATE
      }
      drop.left -= 1
      drop.phase += drop.step
      drop.size *= 0.9965
      if (drop.size > 1e-4) value += Math.sin(drop.phase) * drop.size
    }
    return value
  }
}

/** Waves on a beach, one every nine seconds or so. */
function waves(seed: number): Voice {
  const noise = new Noise(seed)
  const deep = new OnePole(BED_RATE, 300)
  const foam = new OnePole(BED_RATE, 3500)
  const sway = drift(seed + 100, 0.1)
  // Both sides share the clock of the waves, half a second apart.
  let clock = (seed % 2) * 0.5
  return () => {
    clock += (1 + 0.2 * sway()) / BED_RATE
    const place = (clock / 9) % 1
    const swell =
      place < 0.35 ? Math.sin((Math.PI * place) / 0.7) ** 2 : Math.cos((Math.PI * (place - 0.35)) / 1.3) ** 4
    const white = noise.next()
    return deep.low(white) * (0.35 + 0.6 * swell) + foam.low(white) * (0.02 + 0.22 * swell)
  }
}

/** Formants of a few vowels, hertz. */
const vowels = [
  [730, 1090],
  [530, 1840],
  [390, 1990],
  [570, 840],
  [440, 1020],
] as const

/** A room full of people: murmuring voices that say nothing, and now and then a cup. */
function cafe(seed: number): Voice {
  const noise = new Noise(seed)
  const air = room(seed + 50)
  const muffle = new OnePole(BED_RATE, 1800)
  const people = Array.from({ length: 9 }, (_, index) => murmur(seed * 31 + index))
  const cup = { size: 0, phase: 0, step: 0, wait: noise.between(1, 6) * BED_RATE }
  return () => {
    let value = 0
    for (const person of people) value += person()
    value = muffle.low(value) * 0.8 + air() * 0.5
    cup.wait -= 1
    if (cup.wait <= 0) {
      cup.wait = noise.between(2, 9) * BED_RATE
      cup.size = noise.between(0.01, 0.05)
      cup.step = (turn * noise.between(2400, 4200)) / BED_RATE
      cup.phase = 0
    }
    cup.phase += cup.step
    cup.size *= 0.9997
    return value + (Math.sin(cup.phase) + 0.5 * Math.sin(cup.phase * 2.76)) * cup.size
  }
}

/** One voice that says nothing: pulses through two formants that change with every syllable. */
function murmur(seed: number): Voice {
  const noise = new Noise(seed)
  const base = noise.between(95, 230)
  const near = noise.between(0.3, 1)
  let formants: readonly BandPass[] = []
  let syllable = 0
  let length = 1
  let loud = 0
  let pitch = base
  let phase = 0
  return () => {
    if (syllable <= 0) {
      const vowel = vowels[Math.floor(noise.between(0, vowels.length))] ?? vowels[0]
      formants = vowel.map((hertz) => new BandPass(BED_RATE, hertz * noise.between(0.9, 1.1), 6))
      length = noise.between(0.12, 0.32) * BED_RATE
      syllable = length
      // One in four is a pause.
      loud = noise.between(0, 4) < 1 ? 0 : noise.between(0.3, 1) * near
      pitch = base * noise.between(0.85, 1.2)
    }
    syllable -= 1
    phase += pitch / BED_RATE
    if (phase >= 1) phase -= 1
    const shape = Math.sin((Math.PI * syllable) / length)
    const source = (phase < 0.1 ? 1 : -0.11) * 0.5 + noise.next() * 0.03
    let value = 0
    for (const formant of formants) value += formant.pass(source)
    return value * loud * shape * 0.12
  }
}

/** Chords of the pad, as semitones over A2; each goes slowly into the next. */
const chords = [
  [0, 7, 12, 16],
  [-4, 3, 12, 15],
  [-7, 5, 9, 12],
  [-2, 5, 10, 14],
] as const
const chordSeconds = 12

/** One turn of the pad's tone: a sine with a little of its second and third. */
const wave = Float32Array.from({ length: 1 << 15 }, (_, place) => {
  const angle = (turn * place) / (1 << 15)
  return Math.sin(angle) + 0.3 * Math.sin(2 * angle) + 0.12 * Math.sin(3 * angle)
})

/** A soft chord that changes slowly. */
function pad(seed: number): Voice {
  const noise = new Noise(seed)
  const soft = new OnePole(BED_RATE, 1400)
  const sway = drift(seed + 100, 0.2)
  const tones = chords.map((chord) =>
    chord.flatMap((semitone) =>
      [-1, 1].map((side) => ({
        step: (110 * 2 ** (semitone / 12) * (1 + side * noise.between(0.0005, 0.0025))) / BED_RATE,
        phase: noise.between(0, 1),
      })),
    ),
  )
  let clock = 0
  return () => {
    clock += 1 / BED_RATE
    const place = clock / chordSeconds
    const current = Math.floor(place) % tones.length
    const turned = Math.max(0, (place % 1) * 4 - 3) // the last quarter of each chord already is the next
    let value = 0
    for (const [index, share] of [
      [current, Math.cos((turned * Math.PI) / 2)],
      [(current + 1) % tones.length, Math.sin((turned * Math.PI) / 2)],
    ] as const) {
      if (share === 0) continue
      for (const tone of tones[index] ?? []) {
        tone.phase += tone.step
        if (tone.phase >= 1) tone.phase -= 1
        value += share * (wave[Math.floor(tone.phase * wave.length)] as number)
      }
    }
    return soft.low(value) * 0.05 * (1 + 0.15 * sway())
  }
}
