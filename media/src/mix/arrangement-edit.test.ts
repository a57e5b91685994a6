import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { historyOf, redo, step, undo } from '../words/history.ts'
import { type Arrangement, type Clip, checkArrangement, clipLength } from './arrangement.ts'
import {
  addClip,
  addTrack,
  type ClipPlace,
  canSplit,
  clipAt,
  clipEnd,
  freePlace,
  LEAST_CLIP,
  moveClip,
  overlaps,
  removeClip,
  removeTrack,
  setClipGain,
  setFade,
  setLoop,
  setTrack,
  splitClip,
  trimEnd,
  trimStart,
} from './arrangement-edit.ts'
import { nextTarget, snapped, snappedMove, snapTargets } from './snap.ts'

const DURATION = 10
const first: Arrangement = {
  tracks: [
    {
      role: 'voice',
      clips: [
        { source: 0, from: 0, to: 4, at: 0 },
        { source: 0, from: 5, to: 8, at: 4.5, fadeIn: 0.5, fadeOut: 1 },
      ],
    },
    {
      role: 'background',
      clips: [{ source: 'rain', from: 0, to: 12, at: 0, length: 12 }],
      duck: { depth: 10, attack: 0.3, release: 0.8 },
    },
    { role: 'effects', clips: [{ source: 1, from: 0, to: 1, at: 2, length: 5, fadeOut: 2 }] },
  ],
}

type Act = (arrangement: Arrangement) => Arrangement
const place = fc.record({ track: fc.integer({ min: 0, max: 3 }), clip: fc.integer({ min: 0, max: 5 }) })
const time = fc.oneof(
  fc.integer({ min: 0, max: 15_000 }).map((ms) => ms / 1000),
  fc.double({ min: 0, max: 15, noNaN: true }),
)
/** Anything a person can do to an arrangement. */
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(place, time).map(
    ([at, t]): Act =>
      (a) =>
        splitClip(a, at, t)?.arrangement ?? a,
  ),
  fc.tuple(place, time).map(
    ([at, t]): Act =>
      (a) =>
        trimStart(a, at, t),
  ),
  fc.tuple(place, time).map(
    ([at, t]): Act =>
      (a) =>
        trimEnd(a, at, t, DURATION),
  ),
  fc.tuple(place, time, fc.integer({ min: 0, max: 3 })).map(
    ([at, t, track]): Act =>
      (a) =>
        moveClip(a, at, { at: t, track }).arrangement,
  ),
  place.map(
    (at): Act =>
      (a) =>
        removeClip(a, at),
  ),
  fc.tuple(place, fc.constantFrom('fadeIn' as const, 'fadeOut' as const), time).map(
    ([at, side, t]): Act =>
      (a) =>
        setFade(a, at, side, t),
  ),
  fc.tuple(place, fc.integer({ min: -200, max: 100 })).map(
    ([at, gain]): Act =>
      (a) =>
        setClipGain(a, at, gain),
  ),
  fc.tuple(place, fc.boolean()).map(
    ([at, loop]): Act =>
      (a) =>
        setLoop(a, at, loop),
  ),
  fc.tuple(fc.integer({ min: 0, max: 3 }), time).map(
    ([track, at]): Act =>
      (a) =>
        addClip(a, track, { source: 0, from: 1, to: 2.5, at }).arrangement,
  ),
  fc.constant<Act>((a) => addTrack(a, { role: 'voice' })),
  fc.integer({ min: 0, max: 3 }).map(
    (track): Act =>
      (a) =>
        a.tracks.length > 1 ? removeTrack(a, track) : a,
  ),
  fc
    .record({
      gain: fc.integer({ min: -100, max: 60 }),
      pan: fc.double({ min: -2, max: 2, noNaN: true }),
      muted: fc.boolean(),
      duck: fc.constantFrom(null, { depth: 6, attack: 0.1, release: 0.2 }),
    })
    .map(
      (settings): Act =>
        (a) =>
          setTrack(a, 1, settings),
    ),
)

/** Changes to it are errors. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(Object.freeze(value))) frozen(part)
  return value
}

describe('editing several tracks', () => {
  test('whatever is done in whatever order: clips of a track never overlap, all of it can be rendered (property)', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
        let now = frozen(first)
        for (const one of acts) {
          now = frozen(one(now))
          expect(overlaps(now)).toBe(false)
          checkArrangement(now, 2)
          for (const clip of now.tracks.flatMap(({ clips }) => clips)) {
            expect(clipLength(clip)).toBeGreaterThanOrEqual(LEAST_CLIP - 1e-6)
            expect((clip.fadeIn ?? 0) + (clip.fadeOut ?? 0)).toBeLessThanOrEqual(clipLength(clip) + 1e-5)
            if (clip.source === 0) expect(clip.to).toBeLessThanOrEqual(DURATION + 1e-6)
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  test('undo goes back over every step to the very beginning, exactly; redo comes back to the end (property)', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
        const states = [frozen(first)]
        let history = historyOf(states[0] as Arrangement)
        for (const one of acts) {
          history = step(history, frozen(one(history.present)))
          states.push(history.present)
        }
        for (const state of states.toReversed().slice(1)) {
          history = undo(history)
          expect(history.present).toBe(state)
        }
        expect(history.present).toEqual(structuredClone(first))
        for (const state of states.slice(1)) {
          history = redo(history)
          expect(history.present).toBe(state)
        }
      }),
      { numRuns: 100 },
    )
  })

  test('a split makes two that lie end to end and last as long; in a fade or too near an edge there is none', () => {
    const at: ClipPlace = { track: 0, clip: 1 }
    const done = splitClip(first, at, 6)
    const [left, right] = [clipAt(done?.arrangement ?? first, at), done && clipAt(done.arrangement, done.place)]
    expect(left).toEqual({ source: 0, from: 5, to: 6.5, at: 4.5, fadeIn: 0.5 })
    expect(right).toEqual({ source: 0, from: 6.5, to: 8, at: 6, fadeOut: 1 })
    for (const wrong of [4.5, 4.52, 4.9, 6.7, 7.5, 9]) {
      expect(canSplit(clipAt(first, at) as Clip, wrong)).toBe(false)
      expect(splitClip(first, at, wrong)).toBeUndefined()
    }
  })

  test('trims stop at the neighbour, at the end of the sound and at the shortest clip', () => {
    const at: ClipPlace = { track: 0, clip: 1 }
    expect(clipAt(trimStart(first, at, 0), at)).toMatchObject({ at: 4, from: 4.5, to: 8 })
    expect(clipAt(trimEnd(first, at, 99, DURATION), at)).toMatchObject({ at: 4.5, to: 10 })
    expect(clipEnd(clipAt(trimEnd(first, { track: 0, clip: 0 }, 99, DURATION), { track: 0, clip: 0 }) as Clip)).toBe(
      4.5,
    )
    expect(clipAt(trimStart(first, at, 99), at)?.at).toBeCloseTo(7.5 - LEAST_CLIP, 9)
    expect(trimStart(first, at, 4.5)).toBe(first)
  })

  test('what is moved onto others goes where there is room, as near as can be', () => {
    const clips = [
      { source: 0, from: 0, to: 2, at: 1 },
      { source: 0, from: 0, to: 2, at: 4 },
    ]
    expect(freePlace(clips, 1, 3.5)).toBe(3)
    expect(freePlace(clips, 1, 1.2)).toBe(0)
    expect(freePlace(clips, 1.5, 3)).toBe(6)
    expect(freePlace([], 5, 2)).toBe(2)
    expect(moveClip(first, { track: 2, clip: 0 }, { at: 1, track: 0 })).toMatchObject({ place: { track: 0, clip: 2 } })
  })

  test('edges are drawn to words, edges of clips and the playhead, within reach', () => {
    const words = new Map([[0, [{ start: 0.4, end: 0.9 }, { start: 5.5, end: 6 }]]]) // biome-ignore format: one line
    const targets = snapTargets(first, { playhead: 3.3, words, except: { track: 2, clip: 0 } })
    expect(targets).toEqual([0, 0.4, 0.9, 3.3, 4, 4.5, 5, 5.5, 7.5, 12])
    expect(snapped(targets, 0.93, 0.05)).toBe(0.9)
    expect(snapped(targets, 1.5, 0.05)).toBe(1.5)
    expect(snappedMove(targets, 2.32, 1, 0.05)).toBe(2.3)
    expect(nextTarget(targets, 3.3, 1)).toBe(4)
    expect(nextTarget(targets, 3.3, -1)).toBe(0.9)
    expect(nextTarget(targets, 12, 1)).toBeUndefined()
  })
})
