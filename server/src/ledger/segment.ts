/**
 * The ledger's files: segments of at most 64 MiB that are only ever appended to. A frame is its length (4 bytes, big
 * endian) and the entry: person (16 bytes; zeros for the house), time (8 bytes, milliseconds), kind (1 byte), sealed content. An append
 * is acknowledged when it is on the disk; appends that come while the disk is busy go down together (group commit).
 */
import { type FileHandle, mkdir, open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { syncDirectory } from '../keys/host-key.ts'

const SEGMENT_BYTES = 64 * 1024 * 1024
const HEAD = 4 + 16 + 8 + 1
/** No entry is larger: a longer length is a damaged file, not an entry. */
const ENTRY_LIMIT = 16 * 1024 * 1024

/** Where an entry lies. */
export interface Place {
  readonly segment: number
  readonly at: number
  readonly length: number
}

/** An entry as it lies in the file. */
export interface Frame {
  readonly person: Buffer
  readonly time: number
  /** Number of the kind of entry: in clear, so that a person's consents are found without opening their openings. */
  readonly kind: number
  readonly sealed: Buffer
}

/** The bytes of an entry, as they are hashed and written (without the length). */
export function frameBytes({ person, time, kind, sealed }: Frame): Buffer {
  const out = Buffer.allocUnsafe(25 + sealed.length)
  person.copy(out, 0)
  out.writeBigUInt64BE(BigInt(time), 16)
  out[24] = kind
  sealed.copy(out, 25)
  return out
}

/** Takes an entry apart. */
export function parseFrame(bytes: Buffer): Frame {
  return {
    person: bytes.subarray(0, 16),
    time: Number(bytes.readBigUInt64BE(16)),
    kind: bytes[24] as number,
    sealed: bytes.subarray(25),
  }
}

interface Waiting {
  bytes: Buffer
  done(place: Place): void
  failed(error: unknown): void
}

const nameOf = (segment: number) => `${String(segment).padStart(8, '0')}.ledger`

/** The segments of a directory, in order. */
export async function segmentNumbers(directory: string): Promise<number[]> {
  const names = await readdir(directory).catch(() => [])
  return names
    .filter((n) => /^\d{8}\.ledger$/.test(n))
    .map((n) => Number.parseInt(n, 10))
    .sort((a, b) => a - b)
}

/** Reads every whole entry of a directory in order; ends at a torn one (which was never acknowledged). */
export async function* readSegments(directory: string): AsyncGenerator<{ place: Place; bytes: Buffer }> {
  for (const segment of await segmentNumbers(directory)) {
    const file = await readFile(join(directory, nameOf(segment)))
    for (let at = 0; at + HEAD <= file.length; ) {
      const length = file.readUInt32BE(at)
      if (length < HEAD - 4 || length > ENTRY_LIMIT || at + 4 + length > file.length) return
      yield { place: { segment, at: at + 4, length }, bytes: file.subarray(at + 4, at + 4 + length) }
      at += 4 + length
    }
  }
}

/** Appends entries durably. */
export class SegmentWriter implements AsyncDisposable {
  readonly #directory: string
  #handle: FileHandle
  #segment: number
  #end: number
  #waiting: Waiting[] = []
  #writing: Promise<void> | undefined
  #broken: unknown

  private constructor(directory: string, handle: FileHandle, segment: number, end: number) {
    this.#directory = directory
    this.#handle = handle
    this.#segment = segment
    this.#end = end
  }

  /** Opens for appending behind `last` (cutting off a torn end), or begins the first segment. */
  static async open(directory: string, last: Place | undefined): Promise<SegmentWriter> {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const segment = last?.segment ?? 1
    const end = last ? last.at + last.length : 0
    const handle = await open(join(directory, nameOf(segment)), last ? 'r+' : 'a', 0o600)
    await handle.truncate(end)
    await handle.sync()
    await syncDirectory(directory)
    return new SegmentWriter(directory, handle, segment, end)
  }

  /** Appends an entry; `placed` is called in the order of the file, the promise resolves when it is durable. */
  append(bytes: Buffer): Promise<Place> {
    if (this.#broken) return Promise.reject(this.#broken)
    return new Promise((done, failed) => {
      this.#waiting.push({ bytes, done, failed })
      this.#writing ??= this.#write()
    })
  }

  async #write(): Promise<void> {
    // One turn of the event loop, so that everybody who is already on the way shares the first sync too.
    await new Promise(setImmediate)
    while (this.#waiting.length) {
      const batch = this.#waiting
      this.#waiting = []
      try {
        if (this.#end > SEGMENT_BYTES) await this.#nextSegment()
        const places: Place[] = []
        const parts: Buffer[] = []
        let at = this.#end
        for (const { bytes } of batch) {
          const head = Buffer.allocUnsafe(4)
          head.writeUInt32BE(bytes.length)
          parts.push(head, bytes)
          places.push({ segment: this.#segment, at: at + 4, length: bytes.length })
          at += 4 + bytes.length
        }
        const all = Buffer.concat(parts)
        const { bytesWritten } = await this.#handle.write(all, 0, all.length, this.#end)
        if (bytesWritten !== all.length) throw Object.assign(new Error('the disk is full'), { code: 'ENOSPC' })
        await this.#handle.datasync()
        this.#end = at
        for (const [i, waiting] of batch.entries()) waiting.done(places[i] as Place)
      } catch (error) {
        await this.#recover(error)
        for (const waiting of batch) waiting.failed(error)
      }
    }
    this.#writing = undefined
  }

  /** A failed batch was not acknowledged: it is cut off again, so that what follows stands behind whole entries. */
  async #recover(error: unknown): Promise<void> {
    try {
      await this.#handle.truncate(this.#end)
      await this.#handle.datasync()
    } catch {
      this.#broken = error
    }
  }

  async #nextSegment(): Promise<void> {
    const next = await open(join(this.#directory, nameOf(this.#segment + 1)), 'a', 0o600)
    await syncDirectory(this.#directory)
    await this.#handle.close()
    this.#handle = next
    this.#segment++
    this.#end = 0
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writing
    await this.#handle.close()
  }
}

/** Reads single entries again by their place. */
export class SegmentReader implements AsyncDisposable {
  readonly #directory: string
  readonly #handles = new Map<number, Promise<FileHandle>>()

  constructor(directory: string) {
    this.#directory = directory
  }

  async read({ segment, at, length }: Place): Promise<Buffer> {
    let handle = this.#handles.get(segment)
    if (!handle) {
      handle = open(join(this.#directory, nameOf(segment)), 'r')
      this.#handles.set(segment, handle)
    }
    const bytes = Buffer.allocUnsafe(length)
    await (await handle).read(bytes, 0, length, at)
    return bytes
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const handle of this.#handles.values()) await (await handle).close()
  }
}
