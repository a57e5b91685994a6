/** The page's end of the face thread. */
import type { Found } from '@sotto/media/face/find'
import type { Pixels } from '@sotto/media/face/pixels'
import type { ClipRequest, FaceAnswer, FaceRequest, LiveOptions } from './face-worker.ts'
import type { LiveLook } from './live.ts'

/** Faces are not to be had in this browser, or this studio was built without their weights. */
export class FaceUnavailableError extends Error {}

type FaceMessage = { id: number; answer: FaceAnswer } | { id: number; progress: number }

/** The engine on this device; made with the page, gone with it. */
export class FaceEngine implements Disposable {
  readonly #worker = new Worker(new URL('./face-worker.ts', import.meta.url), { type: 'module' })
  readonly #waiting = new Map<
    number,
    { resolve(answer: FaceAnswer): void; reject(error: Error): void; onProgress?: (part: number) => void }
  >()
  #next = 0

  constructor() {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FaceMessage>) => {
      if ('progress' in data) return this.#waiting.get(data.id)?.onProgress?.(data.progress)
      this.#waiting.get(data.id)?.resolve(data.answer)
      this.#waiting.delete(data.id)
    })
    this.#worker.addEventListener('error', () => {
      for (const { reject } of this.#waiting.values()) reject(new FaceUnavailableError('worker'))
      this.#waiting.clear()
    })
  }

  async #ask(
    request: FaceRequest,
    transfer: Transferable[] = [],
    onProgress: (part: number) => void = () => undefined,
  ): Promise<FaceAnswer> {
    const id = this.#next++
    const answer = await new Promise<FaceAnswer>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, onProgress })
      this.#worker.postMessage({ id, request }, transfer)
    })
    if ('error' in answer) throw new FaceUnavailableError(answer.error)
    return answer
  }

  /** Loads engine and weights; the first time about 12 MB, from this site. @throws FaceUnavailableError */
  async open(): Promise<void> {
    await this.#ask({ ask: 'open' })
  }

  /** Finds the faces of a picture. `live` looks quickly, for pictures of a camera. */
  async find(pixels: Pixels, live = false): Promise<Found> {
    const answer = await this.#ask({ ask: 'find', pixels, tiles: live ? 'never' : 'auto' })
    return 'found' in answer ? answer.found : { faces: [], refused: [] }
  }

  /** Composes; the target comes back with the faces in it. */
  async swap(request: Omit<Extract<FaceRequest, { ask: 'swap' }>, 'ask'>): Promise<Pixels> {
    const answer = await this.#ask({ ask: 'swap', ...request })
    if (!('pixels' in answer)) throw new FaceUnavailableError('answer')
    return answer.pixels
  }

  /** Labels and encodes. */
  async save(pixels: Pixels, format: 'png' | 'jpg' | 'webp', producer: string, id?: string): Promise<Blob> {
    const answer = await this.#ask({ ask: 'save', pixels, format, producer, id })
    if (!('file' in answer)) throw new FaceUnavailableError('answer')
    return new Blob([answer.file], { type: answer.type })
  }

  /** Puts the face into a clip. `onProgress` gets parts of 1. @throws FaceUnavailableError with `long`, `noFace`, `codec` as its message */
  async clip(request: ClipRequest, onProgress: (part: number) => void): Promise<Blob> {
    const answer = await this.#ask({ ask: 'clip', ...request }, [], onProgress)
    if (!('file' in answer)) throw new FaceUnavailableError('answer')
    return new Blob([answer.file], { type: answer.type })
  }

  /** Gives up the clip that is being made. */
  async stop(): Promise<void> {
    await this.#ask({ ask: 'stop' })
  }

  /** Begins a live preview on a canvas that is the thread's from now on. */
  async live(canvas: OffscreenCanvas, target: Pixels, points: Float32Array, over?: Uint8Array): Promise<void> {
    await this.#ask({ ask: 'live', canvas, target, points, over }, [canvas])
  }

  /** Shows the template with the face of a picture of the camera. */
  async look(frame: ImageBitmap, options: LiveOptions): Promise<LiveLook> {
    const answer = await this.#ask({ ask: 'look', frame, options }, [frame])
    if (!('look' in answer)) throw new FaceUnavailableError('answer')
    return answer.look
  }

  [Symbol.dispose](): void {
    this.#worker.terminate()
  }
}
