/**
 * The service worker: the page opens without a network, and takes sounds that other apps share. It never keeps
 * anything that came from /api: what is personal has its own ways.
 */
import { devices } from '../record/device-database.ts'
import { fileName, type KeptFacts, recordingsFolder } from '../record/kept.ts'
import { type FrameKind, newRecordingKey, packData, sealFrame } from '../record/sealed-frames.ts'

/** Written by the build: every file of the shell. Its digest names the cache, so each build has its own. */
declare const __SHELL__: { readonly files: readonly string[]; readonly version: string }

/** Not in TypeScript's DOM library: the few parts of the Service Worker standard used here. */
interface LateEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface RequestEvent extends LateEvent {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
const worker = globalThis as unknown as {
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', listener: (event: LateEvent) => void): void
  addEventListener(type: 'fetch', listener: (event: RequestEvent) => void): void
}

const SHELL = `sotto-shell-${__SHELL__.version}`

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(SHELL)
      .then((cache) => cache.addAll(['/', ...__SHELL__.files]))
      .then(() => worker.skipWaiting()),
  )
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name))))
      .then(() => worker.clients.claim()),
  )
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const address = new URL(request.url)
  if (address.origin !== location.origin || address.pathname.startsWith('/api/')) return
  if (request.method === 'POST' && address.pathname === '/share') return event.respondWith(takeShared(request))
  if (request.method !== 'GET' || request.headers.has('range')) return
  if (request.mode === 'navigate') return event.respondWith(page(request))
  if (__SHELL__.files.includes(address.pathname)) event.respondWith(shellFile(request))
})

/** The newest page where there is a network, the kept one where there is none. */
async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch {
    return (await caches.match('/', { cacheName: SHELL })) ?? Response.error()
  }
}

/** Built files never change under their names. */
async function shellFile(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: SHELL })) ?? fetch(request)
}

const CHUNK = 1024 * 1024

/** Seals what another app shared onto the device; the studio brings it in when it opens (C55). */
async function takeShared(request: Request): Promise<Response> {
  const form = await request.formData()
  for (const file of form.getAll('files')) if (file instanceof File && file.size > 0) await keep(file)
  return Response.redirect('/', 303)
}

async function keep(file: File): Promise<void> {
  const id = crypto.randomUUID()
  const key = await newRecordingKey()
  await devices.put('keys', id, key)
  const handle = await (await recordingsFolder()).getFileHandle(fileName(id), { create: true })
  const out = await handle.createWritable()
  const facts: KeptFacts = {
    name: file.name,
    mime: file.type,
    origin: 'imported',
    started_at: new Date().toISOString(),
  }
  let index = 0
  const put = async (kind: FrameKind, plain: Uint8Array<ArrayBuffer>) => {
    await out.write(await sealFrame(key, id, index, kind, plain))
    index += 1
  }
  await put('header', new TextEncoder().encode(JSON.stringify(facts)))
  await put('part', new Uint8Array(0))
  for (let at = 0; at < file.size; at += CHUNK)
    await put('data', packData(0, new Uint8Array(await file.slice(at, at + CHUNK).arrayBuffer())))
  await put('end', new Uint8Array(0))
  await out.close()
}
