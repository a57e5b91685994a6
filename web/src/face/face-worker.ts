/**
 * Faces on the device: LiteRT, the networks, the composing and the labels, in a thread of the page. What comes in are
 * pixels, what goes out are pixels or a finished file; nothing of it is sent or kept.
 */
import type { Found } from '@sotto/media/face/find'
import type { FaceNetworks } from '@sotto/media/face/networks'
import type { Pixels } from '@sotto/media/face/pixels'
import type { FaceRegion } from '@sotto/media/face/region'
import type { MouthMode } from '@sotto/media/face/swap'
import type { ClipWork } from './clip-film.ts'
import type { Live, LiveLook } from './live.ts'

/** One exchange: which face of the selfie goes onto which points of the target. */
export interface Exchange {
  readonly from: Float32Array
  readonly to: Float32Array
}

/** How a face is composed. */
export interface ComposeOptions {
  readonly strength: number
  readonly mouth: MouthMode
  readonly relight: boolean
}

/** A clip to be made. */
export interface ClipRequest extends ComposeOptions {
  readonly film: ArrayBuffer
  /** Points of its pictures, where they are known; else they are found. */
  readonly points: readonly Float32Array[] | undefined
  readonly selfie: Pixels
  readonly from: Float32Array
  readonly producer: string
  /** Number for the labels; a new one without. */
  readonly id: string | undefined
}

/** How the live preview shows. */
export interface LiveOptions extends ComposeOptions {
  /** The template alone. */
  readonly before: boolean
}

/** What the thread is asked. */
export type FaceRequest =
  | { readonly ask: 'open' }
  | { readonly ask: 'find'; readonly pixels: Pixels; readonly tiles: 'auto' | 'never' }
  | {
      readonly ask: 'swap'
      readonly selfie: Pixels
      readonly target: Pixels
      readonly over: Uint8Array | undefined
      readonly exchanges: readonly Exchange[]
      readonly strength: number
      readonly mouth: MouthMode
      readonly relight: boolean
    }
  | ({ readonly ask: 'clip' } & ClipRequest)
  | { readonly ask: 'stop' }
  | {
      readonly ask: 'live'
      readonly canvas: OffscreenCanvas
      readonly target: Pixels
      readonly points: Float32Array
      readonly over: Uint8Array | undefined
    }
  | { readonly ask: 'look'; readonly frame: ImageBitmap; readonly options: LiveOptions }
  | {
      readonly ask: 'save'
      readonly pixels: Pixels
      readonly format: 'png' | 'jpg' | 'webp'
      readonly producer: string
      readonly id: string | undefined
    }

/** What it answers, each to the request of its number. */
export type FaceAnswer =
  | { readonly found: Found }
  | { readonly pixels: Pixels }
  | { readonly file: Uint8Array<ArrayBuffer>; readonly type: string }
  | { readonly ready: true }
  | { readonly look: LiveLook }
  | { readonly error: string }

const folder = '/face/'

async function bytes(name: string): Promise<Uint8Array> {
  const answer = await fetch(`${folder}${name}`)
  if (!answer.ok || answer.headers.get('content-type')?.startsWith('text/html')) throw new Error('unavailable')
  return new Uint8Array(await answer.arrayBuffer())
}

/** The engine, with what composing needs. */
export interface Opened {
  readonly networks: FaceNetworks
  readonly region: FaceRegion
}

async function openEngine(): Promise<Opened> {
  const [liteRt, { openFaceNetworks }, { faceRegion }, near, far, mesh, canonical] = await Promise.all([
    import('@litertjs/core'),
    import('@sotto/media/face/networks'),
    import('@sotto/media/face/region'),
    ...['detector_near.bin', 'detector_far.bin', 'mesh.bin', 'canonical.bin'].map(bytes),
  ] as const)
  const simd = await liteRt.supportsFeature('relaxedSimd')
  const script = `${folder}litert_wasm_${simd ? '' : 'compat_'}internal.js`
  // A module thread has no importScripts: the script is taken in as a module first, which leaves its factory where
  // LiteRT looks for it.
  await import(/* @vite-ignore */ script)
  Object.assign(globalThis, {
    importScripts: () => undefined,
    Module: { locateFile: (name: string) => `${folder}${name}` },
  })
  await liteRt.loadLiteRt(script)
  const networks = await openFaceNetworks(liteRt, {
    detector_near: near as Uint8Array,
    detector_far: far as Uint8Array,
    mesh: mesh as Uint8Array,
    canonical: canonical as Uint8Array,
  })
  return { networks, region: faceRegion(networks.canonical) }
}

let engine: Promise<Opened> | undefined
let clip: ClipWork | undefined
/** Given up before there was anything to stop. */
let halted = false
let live: Live | undefined

async function answer(request: FaceRequest, onProgress: (part: number) => void): Promise<FaceAnswer> {
  if (request.ask === 'save') return await file(request)
  if (request.ask === 'stop') {
    halted = true
    clip?.stop()
    return { ready: true }
  }
  if (request.ask === 'clip') {
    halted = false
    clip = undefined
  }
  engine ??= openEngine()
  const { networks, region } = await engine
  switch (request.ask) {
    case 'open':
      return { ready: true }
    case 'find': {
      const { findFaces } = await import('@sotto/media/face/find')
      return {
        found: await findFaces(networks, request.pixels, { tiles: request.tiles, turned: request.tiles !== 'never' }),
      }
    }
    case 'clip': {
      const { makeClip } = await import('./clip-film.ts')
      return await makeClip({ networks, region }, request, onProgress, (work) => {
        clip = work
        if (halted) work.stop()
      })
    }
    case 'live': {
      const { Live } = await import('./live.ts')
      live = new Live({ networks, region }, request.canvas, request)
      return { ready: true }
    }
    case 'look': {
      if (live === undefined) throw new Error('no preview')
      return { look: await live.look(request.frame, request.options) }
    }
    case 'swap': {
      const { prepareSource, swapFace } = await import('@sotto/media/face/swap')
      const { strength, mouth, relight, over } = request
      for (const { from, to } of request.exchanges)
        swapFace(
          region,
          prepareSource({ pixels: request.selfie, points: from }),
          { pixels: request.target, points: to, ...(over === undefined ? {} : { over }) },
          { strength, mouth, relight },
        )
      return { pixels: request.target }
    }
  }
}

const types = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' } as const

/** The visible label, the file, and the labels in its data. */
async function file({
  pixels,
  format,
  producer,
  id = crypto.randomUUID(),
}: Extract<FaceRequest, { ask: 'save' }>): Promise<FaceAnswer> {
  const [{ drawLabel }, { hideMark }, { aigcLabel, aigcXmp }, { withXmp }] = await Promise.all([
    import('@sotto/media/face/label'),
    import('@sotto/media/provenance/mark'),
    import('@sotto/media/provenance/aigc'),
    import('@sotto/media/provenance/xmp'),
  ])
  drawLabel(pixels)
  hideMark(pixels, id)
  const canvas = new OffscreenCanvas(pixels.width, pixels.height)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no canvas')
  context.putImageData(new ImageData(Uint8ClampedArray.from(pixels.data), pixels.width, pixels.height), 0, 0)
  const blob = await canvas.convertToBlob({ type: types[format], quality: 0.92 })
  if (blob.type !== types[format]) throw new Error('format')
  let made = withXmp(new Uint8Array(await blob.arrayBuffer()), aigcXmp(aigcLabel(producer, id)))
  if (format !== 'webp') {
    const { newSigner, withCredential } = await import('@sotto/media/provenance/credential')
    made = await withCredential(made, id, await newSigner(producer))
  }
  return { file: Uint8Array.from(made), type: types[format] }
}

self.addEventListener('message', ({ data }: MessageEvent<{ id: number; request: FaceRequest }>) => {
  answer(data.request, (progress) => postMessage({ id: data.id, progress })).then(
    (done) => postMessage({ id: data.id, answer: done }),
    (error) =>
      postMessage({
        id: data.id,
        answer: { error: error instanceof Error ? error.message : 'unknown' } satisfies FaceAnswer,
      }),
  )
})
