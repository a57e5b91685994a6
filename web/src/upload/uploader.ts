/** Sends files in by tus: resumable, two at a time, paused and gone on with at will. Loaded with the first file. */
import { DetailedError, Upload as TusUpload } from 'tus-js-client'
import type { CallAgreement } from '../api/api.ts'
import { refreshItem } from '../api/library.ts'
import { resumeStore } from './resume-store.ts'
import { startable, type Upload } from './upload-state.ts'
import { forget, tell, uploads } from './uploads.ts'

/** A multiple of the sealed chunk of 64 KiB, so that every acknowledged part is whole sealed chunks (DESIGN 4). */
const CHUNK = 4 * 1024 * 1024
const PARALLEL = 2

/** Where a file comes from; the server keeps it as the item's origin. `background`: recorded, part of it out of sight. */
export type Origin = 'recorded' | 'background' | 'imported' | Call

/** A call, with what the other side agreed to. */
export interface Call {
  readonly call: 'recorded' | 'imported'
  readonly agreement: CallAgreement
}

/** How the server is told. */
function arrival(origin: Origin): Record<string, string> {
  if (typeof origin === 'object') return { origin: origin.call, call: '1', agreement: JSON.stringify(origin.agreement) }
  return origin === 'background' ? { origin: 'recorded', background: '1' } : { origin }
}

interface Sending {
  readonly tus: TusUpload
  readonly done: (item: string) => void
}

const sending = new Map<string, Sending>()

function problemOf(error: Error | DetailedError): string {
  if (!(error instanceof DetailedError) || !error.originalResponse) return 'offline'
  try {
    const body = JSON.parse(error.originalResponse.getBody()) as { code?: string }
    return body.code ?? 'unexpected'
  } catch {
    return error.originalResponse.getStatus() >= 500 ? 'internal' : 'unexpected'
  }
}

/** Puts a file in the queue. `limit`: the most bytes this studio takes. `done` is called with the new item's id. */
export function send(
  file: Blob,
  name: string,
  origin: Origin,
  limit: number,
  done: (item: string) => void = () => undefined,
): string {
  const id = crypto.randomUUID()
  const row: Upload = { id, name, size: file.size, sent: 0, state: 'waiting', problem: null, item: null }
  const refusal = file.size === 0 ? 'upload_empty' : file.size > limit ? 'upload_too_large' : null
  uploads.set((list) => [...list, refusal ? { ...row, state: 'failed', problem: refusal } : row])
  if (refusal) return id
  const tus = new TusUpload(file, {
    endpoint: '/api/uploads',
    chunkSize: CHUNK,
    headers: { 'sotto-request': '1' },
    metadata: { name, type: file.type || 'application/octet-stream', ...arrival(origin) },
    urlStorage: resumeStore,
    fingerprint: async (given) =>
      ['sotto', name, given.size, given.type, 'lastModified' in given ? given.lastModified : 0].join(' '),
    removeFingerprintOnSuccess: true,
    retryDelays: [0, 1000, 3000, 5000, 10_000],
    onProgress: (sent) => tell(id, { type: 'progress', sent }),
    onError: (error) => {
      tell(id, { type: 'failed', problem: problemOf(error) })
      pump()
    },
    onSuccess: ({ lastResponse }) => {
      const item = lastResponse.getHeader('Sotto-Item')
      sending.delete(id)
      if (item) {
        tell(id, { type: 'done', item })
        refreshItem(item).catch(() => undefined)
        done(item)
      } else tell(id, { type: 'failed', problem: 'unexpected' })
      pump()
    },
  })
  sending.set(id, { tus, done })
  pump()
  return id
}

function pump(): void {
  for (const upload of startable(uploads.get(), PARALLEL)) {
    const known = sending.get(upload.id)
    if (!known) continue
    tell(upload.id, { type: 'started' })
    known.tus.findPreviousUploads().then((previous) => {
      if (uploads.get().find((one) => one.id === upload.id)?.state !== 'sending') return
      const [last] = previous
      if (last && !known.tus.url) known.tus.resumeFromPreviousUpload(last)
      known.tus.start()
    })
  }
}

/** Stops for now; what was acknowledged stays on the server. */
export function pause(id: string): void {
  tell(id, { type: 'paused' })
  sending.get(id)?.tus.abort()
  pump()
}

/** Goes on after a pause or a failure. */
export function resume(id: string): void {
  tell(id, { type: 'queued' })
  pump()
}

/** Takes a file off the list; one that is still on its way is ended and what the server has of it is dropped. */
export function drop(id: string): void {
  const upload = uploads.get().find((one) => one.id === id)
  const known = sending.get(id)
  if (known && upload?.state !== 'done') known.tus.abort(known.tus.url !== null).catch(() => undefined)
  sending.delete(id)
  forget(id)
  pump()
}

/** All that failed for want of a connection goes on by itself when there is one. */
export function resumeOffline(): void {
  for (const upload of uploads.get()) if (upload.state === 'failed' && upload.problem === 'offline') resume(upload.id)
}
window.addEventListener('online', resumeOffline)
