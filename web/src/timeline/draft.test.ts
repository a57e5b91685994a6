import { expect, test } from 'vitest'
import { clipNear, clipOf, draftOf, keptOf, numberOfTrack, sourceOf, withoutGone } from './draft.ts'

const draft = draftOf({
  revision: 4,
  items: ['own', 'music', 'door'],
  tracks: [
    { role: 'voice', clips: [{ source: 0, from: 0, to: 3, at: 1 }] },
    { role: 'effects', clips: [{ source: 2, from: 0, to: 1, at: 2 }, { source: 'rain', from: 0, to: 4, at: 5 }] }, // biome-ignore format: one line
    { role: 'voice', clips: [] },
  ],
  loudness: -16,
})

test('kept are only recordings that are played, the item itself always first', () => {
  const kept = keptOf(draft)
  expect(kept.items).toEqual(['own', 'door'])
  expect(kept.tracks[1]?.clips.map(({ source }) => source)).toEqual([1, 'rain'])
  expect(keptOf(draftOf({ revision: 1, ...kept }))).toEqual(kept)
  expect(keptOf({ ...draft, arrangement: { tracks: [{ role: 'voice', clips: [] }] } }).items).toEqual(['own'])
})

test('clips of what was erased are not there; nothing else changes', () => {
  expect(withoutGone(draft, new Set(['music']))).toBe(draft)
  const left = withoutGone(draft, new Set(['door']))
  expect(left.arrangement.tracks[1]?.clips.map(({ source }) => source)).toEqual(['rain'])
  expect(left.items).toEqual(draft.items)
})

test('a recording is named once', () => {
  expect(sourceOf(draft, 'music')).toEqual({ draft, source: 1 })
  expect(sourceOf(draft, 'new')).toMatchObject({ source: 3, draft: { items: ['own', 'music', 'door', 'new'] } })
})

test('a made sound comes and goes softly; tracks of one role are counted; the clip under a moment is found', () => {
  expect(clipOf('rain', 4, 1)).toMatchObject({ length: 4, fadeIn: 1, fadeOut: 2 })
  expect([0, 1, 2].map((track) => numberOfTrack(draft.arrangement, track))).toEqual([1, undefined, 2])
  expect([0, 2.5, 4.6, 9].map((time) => clipNear(draft.arrangement, 1, time))).toEqual([0, 0, 1, 1])
  expect(clipNear(draft.arrangement, 2, 1)).toBeUndefined()
})
