import type { CompiledModel } from '@litertjs/core'
import { EngineCrashedError } from '../error.ts'
import { type CanonicalFace, readCanonicalFace } from './canonical.ts'

/** The .tflite files of the face engine, as bytes. */
export interface FaceWeights {
  readonly detector_near: Uint8Array
  readonly detector_far: Uint8Array
  readonly mesh: Uint8Array
  /** MediaPipe's canonical face: 468 vertices and their triangles, a protobuf. */
  readonly canonical: Uint8Array
}

/** One network, ready: a float tensor in, float tensors out, in the order of the file. */
export interface Network extends Disposable {
  /** Length of the side of the square that goes in. */
  readonly size: number
  run(input: Float32Array): Promise<Float32Array[]>
}

/** The networks and the canonical face: everything finding needs. */
export interface FaceNetworks extends Disposable {
  readonly near: Network
  readonly far: Network
  readonly mesh: Network
  readonly canonical: CanonicalFace
}

/** What of LiteRT is used. */
export type LiteRtModule = Pick<typeof import('@litertjs/core'), 'loadAndCompile' | 'Tensor'>

/** Compiles one network. @throws EngineCrashedError when its input is not a square of three channels */
async function openNetwork({ loadAndCompile, Tensor }: LiteRtModule, weights: Uint8Array): Promise<Network> {
  const model: CompiledModel = await loadAndCompile(weights, { accelerator: 'wasm' })
  const shape = model.getInputDetails()[0]?.shape
  const size = shape?.[1]
  if (shape === undefined || size === undefined || shape[2] !== size || shape[3] !== 3)
    throw new EngineCrashedError('a face network with an unexpected input')
  return {
    size,
    async run(input) {
      const tensor = new Tensor(input, [1, size, size, 3])
      try {
        const outputs = await model.run([tensor])
        return outputs.map((output) => {
          const data = Float32Array.from(output.toTypedArray())
          output.delete()
          return data
        })
      } finally {
        tensor.delete()
      }
    },
    [Symbol.dispose]: () => model.delete(),
  }
}

/** Compiles all networks of the face engine in a LiteRT that is loaded. */
export async function openFaceNetworks(liteRt: LiteRtModule, weights: FaceWeights): Promise<FaceNetworks> {
  const near = await openNetwork(liteRt, weights.detector_near)
  const far = await openNetwork(liteRt, weights.detector_far)
  const mesh = await openNetwork(liteRt, weights.mesh)
  return {
    near,
    far,
    mesh,
    canonical: readCanonicalFace(weights.canonical),
    [Symbol.dispose]() {
      for (const network of [near, far, mesh]) network[Symbol.dispose]()
    },
  }
}
