/** The page's end of the face thread. */
import type { Found } from '@sotto/media/face/find'
import type { Pixels } from '@sotto/media/face/pixels'
import type { FaceAnswer, FaceRequest } from './face-worker.ts'

/** Faces are not to be had in this browser, or this studio was built without their weights. */
export class FaceUnavailableError extends Error {}

/** The engine on this device; made with the page, gone with it. */
export class FaceEngine implements Disposable {
  readonly #worker = new Worker(new URL('./face-worker.ts', import.meta.url), { type: 'module' })
  readonly #waiting = new Map<number, { resolve(answer: FaceAnswer): void; reject(error: Error): void }>()
  #next = 0

  constructor() {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<{ id: number; answer: FaceAnswer }>) => {
      this.#waiting.get(data.id)?.resolve(data.answer)
      this.#waiting.delete(data.id)
    })
    this.#worker.addEventListener('error', () => {
      for (const { reject } of this.#waiting.values()) reject(new FaceUnavailableError('worker'))
      this.#waiting.clear()
    })
  }

  async #ask(request: FaceRequest): Promise<FaceAnswer> {
    const id = this.#next++
    const answer = await new Promise<FaceAnswer>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ id, request })
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
  async save(pixels: Pixels, format: 'png' | 'jpg' | 'webp', producer: string): Promise<Blob> {
    const answer = await this.#ask({ ask: 'save', pixels, format, producer })
    if (!('file' in answer)) throw new FaceUnavailableError('answer')
    return new Blob([answer.file], { type: answer.type })
  }

  [Symbol.dispose](): void {
    this.#worker.terminate()
  }
}
