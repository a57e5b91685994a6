import { expect, test } from 'vitest'
import { startable, stepUpload, type Upload } from './upload-state.ts'

const fresh: Upload = { id: 'u', name: 'a.wav', size: 100, sent: 0, state: 'waiting', problem: null, item: null }

test('a file goes in: waiting, sending, done', () => {
  let upload = stepUpload(fresh, { type: 'started' })
  upload = stepUpload(upload, { type: 'progress', sent: 40 })
  expect(upload).toMatchObject({ state: 'sending', sent: 40 })
  expect(stepUpload(upload, { type: 'done', item: 'i' })).toMatchObject({ state: 'done', sent: 100, item: 'i' })
})

test('progress that arrives after a pause does not move the bar', () => {
  const paused = stepUpload(stepUpload(fresh, { type: 'started' }), { type: 'paused' })
  expect(stepUpload(paused, { type: 'progress', sent: 50 })).toBe(paused)
})

test('a paused or failed file goes on from where it was', () => {
  const sending = stepUpload(stepUpload(fresh, { type: 'started' }), { type: 'progress', sent: 40 })
  const failed = stepUpload(sending, { type: 'failed', problem: 'offline' })
  expect(failed).toMatchObject({ state: 'failed', problem: 'offline', sent: 40 })
  expect(stepUpload(failed, { type: 'queued' })).toMatchObject({ state: 'waiting', problem: null, sent: 40 })
})

test('what is done cannot fail any more', () => {
  const done = stepUpload(fresh, { type: 'done', item: 'i' })
  expect(stepUpload(done, { type: 'failed', problem: 'offline' })).toBe(done)
  expect(stepUpload(done, { type: 'queued' })).toBe(done)
  expect(stepUpload(done, { type: 'paused' })).toBe(done)
})

test('more bytes than the file has are never shown', () => {
  expect(stepUpload(stepUpload(fresh, { type: 'started' }), { type: 'progress', sent: 300 }).sent).toBe(100)
})

test('at most so many start at once, the first come first', () => {
  const uploads = ['a', 'b', 'c', 'd'].map(
    (id): Upload => ({ ...fresh, id, state: id === 'a' ? 'sending' : 'waiting' }),
  )
  expect(startable(uploads, 2).map((one) => one.id)).toEqual(['b'])
  expect(startable(uploads, 1)).toEqual([])
  expect(startable(uploads, 9).map((one) => one.id)).toEqual(['b', 'c', 'd'])
})
