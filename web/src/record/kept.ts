/** The recordings that lie sealed on this device (OPFS folder `recordings`): listing, opening, erasing. */
import type { CallAgreement } from '../api/api.ts'
import { devices } from './device-database.ts'
import { framesOf, openFrame, unpackData } from './sealed-frames.ts'
import { joinWebm, type RecordedPart } from './webm-join.ts'

/** Facts written into the first frame. */
export interface KeptFacts {
  readonly name: string
  readonly mime: string
  readonly origin: 'recorded' | 'imported'
  readonly started_at: string
  /** Of a call: what the other side agreed to; it travels with the sound. */
  readonly agreement?: CallAgreement
}

/** What is known of one without opening its sound. */
export interface Kept extends KeptFacts {
  readonly id: string
  /** Bytes on this device. */
  readonly bytes: number
  /** Seconds kept; 0 for a file that another app shared. */
  readonly seconds: number
  /** Stopped by the person (or brought in whole); an unfinished one was interrupted. */
  readonly finished: boolean
}

/** The folder, and the file of one recording in it. */
export async function recordingsFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory()
  return root.getDirectoryHandle('recordings', { create: true })
}

/** File name of a recording. */
export function fileName(id: string): string {
  return `${id}.sealed`
}

/** The name of the lock that a page holds while it records. */
export function lockName(id: string): string {
  return `sotto-recording-${id}`
}

async function read(id: string): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await (await recordingsFolder()).getFileHandle(fileName(id))
  return new Uint8Array(await (await handle.getFile()).arrayBuffer())
}

/** Whether this browser can keep anything on the device (OPFS and locks; both need a secure context). */
function canKeep(): boolean {
  return 'storage' in navigator && 'getDirectory' in navigator.storage && 'locks' in navigator
}

/** What lies here and is not being recorded at this moment, oldest first. What cannot be opened (its key is gone) is erased. */
export async function listKept(): Promise<Kept[]> {
  if (!canKeep()) return []
  const folder = await recordingsFolder()
  const held = new Set((await navigator.locks.query()).held?.map((lock) => lock.name))
  const found: Kept[] = []
  for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) {
    const id = name.replace(/\.sealed$/, '')
    if (held.has(lockName(id))) continue
    const kept = await describe(id).catch(() => null)
    if (kept) found.push(kept)
    else await eraseKept(id)
  }
  return found.sort((a, b) => (a.started_at < b.started_at ? -1 : 1))
}

async function describe(id: string): Promise<Kept | null> {
  const key = await devices.get<CryptoKey>('keys', id)
  if (!key) return null
  const file = await read(id)
  const { frames } = framesOf(file)
  const [header] = frames
  const last = frames.findLastIndex((frame) => frame.kind === 'data')
  const lastFrame = frames[last]
  if (header?.kind !== 'header' || !lastFrame) return null
  const facts = JSON.parse(new TextDecoder().decode(await openFrame(key, id, 0, header))) as KeptFacts
  const { elapsed } = unpackData(await openFrame(key, id, last, lastFrame))
  const finished = frames.some((frame) => frame.kind === 'end')
  return { ...facts, id, bytes: file.length, seconds: elapsed, finished }
}

/** The sound of a recording, its parts joined. */
export async function openKept(id: string): Promise<{ facts: KeptFacts; blob: Blob }> {
  const key = await devices.get<CryptoKey>('keys', id)
  if (!key) throw new Error('the key of this recording is gone')
  const { frames } = framesOf(await read(id))
  let facts: KeptFacts | null = null
  const parts: { startsAt: number; chunks: Uint8Array<ArrayBuffer>[] }[] = []
  let elapsed = 0
  for (const [index, frame] of frames.entries()) {
    const plain = await openFrame(key, id, index, frame)
    if (frame.kind === 'header') facts = JSON.parse(new TextDecoder().decode(plain)) as KeptFacts
    if (frame.kind === 'part') parts.push({ startsAt: elapsed, chunks: [] })
    if (frame.kind === 'data') {
      const data = unpackData(plain)
      elapsed = data.elapsed
      parts.at(-1)?.chunks.push(data.bytes)
    }
  }
  if (!facts) throw new Error('this recording has no header')
  const filled = parts.filter((part) => part.chunks.length > 0)
  const type = facts.mime
  const [only] = filled
  // what another app shared, and fragmented MP4, are whole as they are
  if (only && (facts.origin === 'imported' || !type.startsWith('audio/webm')))
    return { facts, blob: new Blob(only.chunks, { type }) }
  const joining: RecordedPart[] = []
  for (const part of filled)
    joining.push({ startsAt: part.startsAt, bytes: new Uint8Array(await new Blob(part.chunks).arrayBuffer()) })
  return { facts, blob: new Blob(joinWebm(joining), { type }) }
}

/** Erases one: its key first, then its bytes. */
export async function eraseKept(id: string): Promise<void> {
  await devices.remove('keys', id)
  await (await recordingsFolder()).removeEntry(fileName(id)).catch(() => undefined)
}

/** Erases all of them, and where interrupted uploads would go on. */
export async function eraseAllKept(): Promise<void> {
  if (!canKeep()) return
  await devices.clear('keys')
  await devices.clear('uploads')
  const root = await navigator.storage.getDirectory()
  await root.removeEntry('recordings', { recursive: true }).catch(() => undefined)
}
