import { expect, test } from 'vitest'
import type { Item, Job } from './api.ts'
import { activeJobs, secondsLeft, withItem, withJob, withoutItem } from './library.ts'

function job(id: string, item: string, state: Job['state'], more: Partial<Job> = {}): Job {
  return {
    id,
    item,
    operation: 'transcribe',
    state,
    stage: null,
    done: 0,
    total: 0,
    attempt: 1,
    problem: null,
    result: null,
    created_at: '2026-11-23T10:00:00.000Z',
    started_at: null,
    ended_at: null,
    ...more,
  }
}
function item(id: string, created_at: string, jobs: Job[] = []): Item {
  return {
    id,
    name: id,
    media: 'sound',
    origin: 'imported',
    made_from: null,
    state: 'ready',
    problem: null,
    bytes: 1,
    mime: 'audio/wav',
    duration: 1,
    container: 'wav',
    streams: [],
    transcript: 'none',
    edited: false,
    erase_at: null,
    created_at,
    jobs,
  }
}
const older = item('older', '2026-11-23T09:00:00.000Z')
const newer = item('newer', '2026-11-23T11:00:00.000Z')

test('the newest item comes first, wherever it was put in', () => {
  expect(withItem([newer], older)?.map((one) => one.id)).toEqual(['newer', 'older'])
  expect(withItem([older], newer)?.map((one) => one.id)).toEqual(['newer', 'older'])
})

test('putting an item again replaces it', () => {
  expect(withItem([newer, older], { ...older, name: 'renamed' })).toEqual([newer, { ...older, name: 'renamed' }])
})

test('a library that was not read yet stays unread', () => {
  expect(withItem(null, older)).toBeNull()
  expect(withoutItem(null, 'older')).toBeNull()
  expect(withJob(null, job('j', 'older', 'running'))).toBeNull()
})

test('a job finds its item; one of an unknown item changes nothing', () => {
  const first = withJob([newer, older], job('j', 'older', 'waiting'))
  expect(first?.[1]?.jobs.map((one) => one.state)).toEqual(['waiting'])
  const second = withJob(first, job('j', 'older', 'running'))
  expect(second?.[1]?.jobs.map((one) => one.state)).toEqual(['running'])
  expect(withJob([newer], job('j', 'gone', 'running'))).toEqual([newer])
})

test('running work is named before waiting work, ended work not at all', () => {
  const items = [
    item('a', '2026-11-23T09:00:00.000Z', [job('1', 'a', 'waiting'), job('2', 'a', 'done')]),
    item('b', '2026-11-23T08:00:00.000Z', [job('3', 'b', 'running'), job('4', 'b', 'cancelled')]),
  ]
  expect(activeJobs(items).map((one) => one.id)).toEqual(['3', '1'])
})

test('time left follows the pace, and is not said before there is one', () => {
  const start = '2026-11-23T10:00:00.000Z'
  const at = (seconds: number) => Date.parse(start) + seconds * 1000
  const running = job('j', 'a', 'running', { started_at: start, done: 30, total: 120 })
  expect(secondsLeft(running, at(10))).toBeCloseTo(30)
  expect(secondsLeft(running, at(1))).toBeNull()
  expect(secondsLeft({ ...running, total: 0 }, at(10))).toBeNull()
  expect(secondsLeft({ ...running, done: 0 }, at(10))).toBeNull()
  expect(secondsLeft({ ...running, state: 'waiting' }, at(10))).toBeNull()
})
