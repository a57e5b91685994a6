/**
 * How a recording lies on the device: frames sealed one by one, so that whatever was written before a crash opens
 * again and a torn last frame is simply left out.
 *
 * frame = length of the rest (u32, little endian) · kind (u8) · nonce (12 bytes) · AES-256-GCM ciphertext with tag.
 * The additional data bind a frame to its recording, place and kind: frames cannot be reordered, swapped or passed
 * off as another's. A random 96-bit nonce is safe here: one key seals one recording, some thousand frames
 * (NIST SP 800-38D, 8.3 allows 2^32).
 */

/** `header`: facts about the recording (JSON). `part`: a recorder begins anew. `data`: its bytes. `end`: stopped by the person. */
export const FRAME_KINDS = ['header', 'part', 'data', 'end'] as const
/** What a frame holds. */
export type FrameKind = (typeof FRAME_KINDS)[number]

/** A frame as it lies in the file, still sealed. */
export interface SealedFrame {
  readonly kind: FrameKind
  readonly nonce: Uint8Array<ArrayBuffer>
  readonly sealed: Uint8Array<ArrayBuffer>
}

const NONCE = 12
const PREFIX = 4
const TAG = 16

function bound(id: string, index: number, kind: FrameKind): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`sotto-recording ${id} ${index} ${kind}`)
}

/** A key that the page can use and nobody can read out. */
export function newRecordingKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/** The bytes of one frame, ready to append. `index` counts the frames of this recording from 0. */
export async function sealFrame(
  key: CryptoKey,
  id: string,
  index: number,
  kind: FrameKind,
  plain: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE))
  const sealed = new Uint8Array(
    await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: bound(id, index, kind) }, key, plain),
  )
  const frame = new Uint8Array(PREFIX + 1 + NONCE + sealed.length)
  new DataView(frame.buffer).setUint32(0, 1 + NONCE + sealed.length, true)
  frame[PREFIX] = FRAME_KINDS.indexOf(kind)
  frame.set(nonce, PREFIX + 1)
  frame.set(sealed, PREFIX + 1 + NONCE)
  return frame
}

/** The whole frames of a file and how many bytes they take; what lies behind (a torn write) is not counted. */
export function framesOf(file: Uint8Array<ArrayBuffer>): { frames: SealedFrame[]; whole: number } {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const frames: SealedFrame[] = []
  let at = 0
  while (at + PREFIX <= file.length) {
    const length = view.getUint32(at, true)
    const kind = FRAME_KINDS[file[at + PREFIX] ?? 255]
    if (length < 1 + NONCE + TAG || at + PREFIX + length > file.length || kind === undefined) break
    const body = at + PREFIX + 1
    frames.push({
      kind,
      nonce: file.subarray(body, body + NONCE),
      sealed: file.subarray(body + NONCE, at + PREFIX + length),
    })
    at += PREFIX + length
  }
  return { frames, whole: at }
}

/** Opens one frame. Rejects (`OperationError`) where key, place, kind or a single bit is another. */
export async function openFrame(
  key: CryptoKey,
  id: string,
  index: number,
  frame: SealedFrame,
): Promise<Uint8Array<ArrayBuffer>> {
  const additionalData = bound(id, index, frame.kind)
  return new Uint8Array(
    await crypto.subtle.decrypt({ name: 'AES-GCM', iv: frame.nonce, additionalData }, key, frame.sealed),
  )
}

/** A data frame's content: the seconds recorded when it was made, then the recorder's bytes. */
export function packData(elapsed: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const plain = new Uint8Array(8 + bytes.length)
  new DataView(plain.buffer).setFloat64(0, elapsed, true)
  plain.set(bytes, 8)
  return plain
}

/** Reads what {@link packData} wrote. */
export function unpackData(plain: Uint8Array<ArrayBuffer>): { elapsed: number; bytes: Uint8Array<ArrayBuffer> } {
  const elapsed = new DataView(plain.buffer, plain.byteOffset).getFloat64(0, true)
  return { elapsed, bytes: plain.subarray(8) }
}
