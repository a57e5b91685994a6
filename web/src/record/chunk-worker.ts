/**
 * Writes a recording to the device as it comes: sealed, appended, flushed, then said to be kept. A worker, because
 * only there a file can be flushed at once (`createSyncAccessHandle`).
 */
import { devices } from './device-database.ts'
import { fileName, type KeptFacts, recordingsFolder } from './kept.ts'
import { framesOf, newRecordingKey, openFrame, packData, sealFrame, unpackData } from './sealed-frames.ts'

/** What the page asks of this worker. `bytes` are transferred. */
export type ChunkRequest =
  | { readonly ask: 'open'; readonly id: string; readonly facts: KeptFacts }
  | { readonly ask: 'append'; readonly elapsed: number; readonly bytes: ArrayBuffer }
  | { readonly ask: 'end' }
  | { readonly ask: 'close' }
/** What it answers to each, in order. `kept`: seconds that are safe now. `error`: name of a DOMException. */
export type ChunkAnswer = { readonly kept: number } | { readonly error: string }

/** Not in TypeScript's DOM library: FileSystemSyncAccessHandle (File System Standard). */
interface SyncFile {
  read(into: Uint8Array, options: { at: number }): number
  write(bytes: Uint8Array, options: { at: number }): number
  truncate(size: number): void
  flush(): void
  getSize(): number
  close(): void
}

let file: SyncFile | null = null
let key: CryptoKey | null = null
let id = ''
let index = 0
let size = 0
let kept = 0

async function open(given: string, facts: KeptFacts): Promise<void> {
  id = given
  const handle = await (await recordingsFolder()).getFileHandle(fileName(id), { create: true })
  file = await (handle as unknown as { createSyncAccessHandle(): Promise<SyncFile> }).createSyncAccessHandle()
  const bytes = new Uint8Array(file.getSize())
  file.read(bytes, { at: 0 })
  const { frames, whole } = framesOf(bytes)
  key = (await devices.get<CryptoKey>('keys', id)) ?? null
  if (!key) {
    key = await newRecordingKey()
    await devices.put('keys', id, key)
  }
  file.truncate(whole) // a torn frame would hide all that follows it
  size = whole
  index = frames.length
  const last = frames.findLastIndex((frame) => frame.kind === 'data')
  const frame = frames[last]
  if (frame) kept = unpackData(await openFrame(key, id, last, frame)).elapsed
  if (index === 0) await append('header', new TextEncoder().encode(JSON.stringify(facts)))
  await append('part', new Uint8Array(0))
}

async function append(kind: 'header' | 'part' | 'data' | 'end', plain: Uint8Array<ArrayBuffer>): Promise<void> {
  if (!file || !key) throw new DOMException('not open', 'InvalidStateError')
  const frame = await sealFrame(key, id, index, kind, plain)
  let written = 0
  while (written < frame.length) {
    const count = file.write(frame.subarray(written), { at: size + written })
    if (count === 0) throw new DOMException('no room', 'QuotaExceededError')
    written += count
  }
  file.flush()
  size += frame.length
  index += 1
}

async function act(request: ChunkRequest): Promise<void> {
  if (request.ask === 'open') return open(request.id, request.facts)
  if (request.ask === 'append') {
    await append('data', packData(request.elapsed, new Uint8Array(request.bytes)))
    kept = request.elapsed
    return
  }
  if (request.ask === 'end') return append('end', new Uint8Array(0))
  file?.close()
  file = null
}

// one after the other: sealing is asynchronous, the file has one end
let turn = Promise.resolve()
const port = globalThis as unknown as { postMessage(answer: ChunkAnswer): void }
addEventListener('message', (event: MessageEvent<ChunkRequest>) => {
  turn = turn.then(() =>
    act(event.data).then(
      () => port.postMessage({ kept }),
      (error: unknown) => port.postMessage({ error: error instanceof Error ? error.name : 'Error' }),
    ),
  )
})
