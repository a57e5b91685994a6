import type { MouthMode } from './swap.ts'

/** A picture or clip that faces are put into, with its release on file: it ships with the studio and is nobody's record. */
export interface Template {
  readonly id: string
  readonly kind: 'picture' | 'clip'
  readonly title: { readonly en: string; readonly zh: string }
  /** Name of the file, beside the list. */
  readonly file: string
  /** Name of the mask of what lies over the face. */
  readonly over?: string
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** Frames per second and in all, of clips. */
  readonly rate?: number
  readonly frames?: number
  /** Whose mouth does best in it. */
  readonly mouth: MouthMode
  /** Who is seen, in words. */
  readonly shows: string
  readonly credit: { readonly en: string; readonly zh: string }
  readonly licence: string
  /** Why it may be shown: whom it shows, who says so, since when. */
  readonly release: {
    readonly kind: 'invented' | 'public-domain'
    readonly statement: string
    readonly by: string
    readonly on: string
  }
}

/** The points of a clip's frames: unpacked differences of eighths of pixels, 468 times `x, y, z` a frame. */
export function clipPoints(bytes: Uint8Array): Float32Array[] {
  const values = new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  const size = 468 * 3
  const frames: Float32Array[] = []
  const now = new Int32Array(size)
  for (let at = 0; at + size <= values.length; at += size) {
    for (let i = 0; i < size; i++) now[i] = (now[i] as number) + (values[at + i] as number)
    frames.push(Float32Array.from(now, (value) => value / 8))
  }
  return frames
}
