import { EngineCrashedError } from '../error.ts'
import { POINTS } from './mesh.ts'

/** MediaPipe's canonical face: where each of the 468 points is on a mean face (centimetres; x to the person's left, y up, z to the viewer), and the triangles between them. */
export interface CanonicalFace {
  /** `x, y, z` per point. */
  readonly vertices: Float32Array
  /** `u, v` per point, 0..1, v up. */
  readonly uv: Float32Array
  /** Three point numbers per triangle. */
  readonly triangles: Uint16Array
}

/** Reads `geometry_pipeline_metadata_landmarks.binarypb` (mediapipe.face_geometry.GeometryPipelineMetadata: field 1 = Mesh3d with vertex_buffer 3, index_buffer 4). */
export function readCanonicalFace(bytes: Uint8Array): CanonicalFace {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++]
      if (byte === undefined) throw new EngineCrashedError('the canonical face is cut short')
      value += (byte & 127) * factor
      if (byte < 128) return value
    }
  }
  const numbers: number[] = []
  const triangles: number[] = []
  const message = (end: number, inMesh: boolean): void => {
    while (at < end) {
      const tag = varint()
      const field = tag >> 3
      switch (tag & 7) {
        case 0: {
          const value = varint()
          if (inMesh && field === 4) triangles.push(value)
          break
        }
        case 2: {
          const length = varint()
          if (!inMesh && field === 1) message(at + length, true)
          else at += length
          break
        }
        case 5:
          if (inMesh && field === 3) numbers.push(view.getFloat32(at, true))
          at += 4
          break
        default:
          throw new EngineCrashedError('the canonical face is not one')
      }
    }
  }
  message(bytes.length, false)
  if (numbers.length !== POINTS * 5 || triangles.length % 3 !== 0 || triangles.some((n) => n >= POINTS))
    throw new EngineCrashedError('the canonical face has another form than expected')
  const vertices = new Float32Array(POINTS * 3)
  const uv = new Float32Array(POINTS * 2)
  for (let n = 0; n < POINTS; n++) {
    vertices.set(numbers.slice(5 * n, 5 * n + 3), 3 * n)
    uv.set(numbers.slice(5 * n + 3, 5 * n + 5), 2 * n)
  }
  return { vertices, uv, triangles: Uint16Array.from(triangles) }
}
