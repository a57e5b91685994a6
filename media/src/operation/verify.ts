import type { ByteSource } from '../container/source.ts'
import { defaultLimits } from '../limits.ts'
import { readPicture } from '../picture/read.ts'
import { readAll } from '../picture/read-all.ts'
import { type InvisibleMark, readMark } from '../provenance/mark.ts'
import { type Verification, verifyBytes } from '../provenance/verify.ts'
import type { Work } from './operation.ts'

/** What a file says of how it was made, in its data and in its pixels. */
export interface FileVerification extends Verification {
  /** The invisible mark, or null: it is lost by cutting, and films have none. */
  readonly mark: InvisibleMark | null
}

/** Longest side that a mark is looked for in. */
const longest = 2048

/** Reads the labels and the invisible mark of a picture, the labels of a film. @throws UnreadableMediaError */
export async function verifyFile(source: ByteSource, { limits = defaultLimits }: Work): Promise<FileVerification> {
  const bytes = readAll(source)
  const said = await verifyBytes(bytes)
  if (said.format === 'mp4' || said.format === 'webm') return { ...said, mark: null }
  // Labels can be read of pictures that cannot be decoded here.
  const pixels = await readPicture(bytes, { pixels: limits.pixels, longest }).catch(() => undefined)
  const mark = pixels === undefined ? undefined : readMark(pixels)
  return { ...said, mark: mark ?? null, synthetic: said.synthetic || mark !== undefined }
}
