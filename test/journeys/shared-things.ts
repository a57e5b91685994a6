/** Somebody with a recording, a link to it, and whatever else has an address of its own. */
import type { Studio } from '@sotto/server'
import { addObject, noise } from '@sotto/server/testing/studio'
import { expect } from 'vitest'
import type { Site } from './site.ts'
import type { Visitor } from './visitor.ts'

/** A person who has begun in the browser, and their recording with words, ready without any work. */
export async function withRecording({ held }: Visitor, { serving }: Site): Promise<{ person: string; item: string }> {
  const { studio } = serving
  const { handle } = await held('GET /api/me')
  const person = (await studio.lookup.find('handle', handle)) as string
  return { person, item: await recordingOf(studio, person) }
}

async function recordingOf(studio: Studio, person: string): Promise<string> {
  const { item } = await addObject(studio, person, noise(2))
  const keeping = await studio.gate.open('keep_media', person, { by: 'job' })
  const info = { container: 'wav', duration: 2, streams: [{ type: 'audio' as const, codec: 'pcm_s16le' }] }
  await keeping.item.change(item, { name: '13', info }, { state: 'ready' })
  for (const { id } of await keeping.media.list({ item })) await keeping.media.change(id, { mime: 'audio/wav' })
  const text = '13812345678'
  const segments = [{ start: 0, end: 2, text, words: [{ start: 0, end: 2, text }] }]
  await keeping.transcript.add({ language: 'en', model: 'base', duration: 2, segments, complete: true }, { item })
  return item
}

/** A link to the item, as its maker would make it; answers its secret. */
export async function link(
  { context }: Visitor,
  site: Site,
  item: string,
  more: { password?: string } = {},
): Promise<string> {
  const headers = { 'sotto-request': '1', origin: site.address }
  const notice = await (await context.request.get('/api/notice?format=json&locale=en')).json()
  const seen = { version: notice.version, hash: notice.hash, locale: 'en' }
  await context.request.patch('/api/me', { headers, data: { age_band: 'adult' } })
  await context.request.put('/api/consents/sharing', { headers, data: { on: true, notice: seen } })
  const warning = await (await context.request.get(`/api/items/${item}/share`)).json()
  const data = {
    what: ['words', 'sound'],
    mode: 'download',
    warned: [...new Set([...warning.words, ...warning.sound])],
    attested: true,
    ...more,
  }
  const made = await context.request.post(`/api/items/${item}/shares`, { headers, data })
  expect(made.status()).toBe(200)
  return (await made.json()).token
}
