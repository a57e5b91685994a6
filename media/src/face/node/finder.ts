import { Worker } from 'node:worker_threads'
import { EngineCrashedError, mediaError, throwIfCancelled } from '../../error.ts'
import type { FindOptions, Found, trackFace } from '../find.ts'
import type { Pixels } from '../pixels.ts'

type Tracked = Awaited<ReturnType<typeof trackFace>>

/** What the thread is asked. */
export type FinderRequest = { readonly id: number; readonly pixels: Pixels } & (
  | { readonly kind: 'find'; readonly options: Omit<FindOptions, 'signal'> }
  | { readonly kind: 'track'; readonly before: Float32Array }
)

/** What it answers. */
export interface FinderAnswer {
  readonly id: number
  readonly body:
    | { readonly found: Found }
    | { readonly tracked: Tracked }
    | { readonly code: string; readonly message: string }
}

/** The face engine in Node: a thread with LiteRT and the networks, made once, ended by `dispose`. Its memory goes with it. */
export class FaceFinder implements Disposable {
  readonly #worker: Worker
  readonly #waiting = new Map<
    number,
    { resolve: (body: FinderAnswer['body']) => void; reject: (error: Error) => void }
  >()
  #next = 0
  #gone: Error | undefined

  constructor() {
    this.#worker = new Worker(new URL('./finder-worker.ts', import.meta.url), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      // LiteRT logs to both; nothing of it is for people.
      stdout: true,
      stderr: true,
    })
    this.#worker.stdout.resume()
    this.#worker.stderr.resume()
    this.#worker.unref()
    this.#worker.on('message', ({ id, body }: FinderAnswer) => {
      this.#waiting.get(id)?.resolve(body)
      this.#waiting.delete(id)
      if (this.#waiting.size === 0) this.#worker.unref()
    })
    this.#worker.on('error', (error) => this.#end(new EngineCrashedError(`the face engine died: ${error.message}`)))
    this.#worker.on('exit', () => this.#end(new EngineCrashedError('the face engine ended')))
  }

  #end(error: Error): void {
    this.#gone ??= error
    for (const { reject } of this.#waiting.values()) reject(this.#gone)
    this.#waiting.clear()
  }

  async #ask(request: FinderRequest): Promise<FinderAnswer['body']> {
    if (this.#gone !== undefined) throw this.#gone
    this.#worker.ref()
    const body = await new Promise<FinderAnswer['body']>((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject })
      this.#worker.postMessage(request)
    })
    if ('code' in body) throw mediaError(body.code, body.message)
    return body
  }

  /** Finds the faces of a picture. @throws EngineMissingError without the weights */
  async find(pixels: Pixels, { signal, ...options }: FindOptions = {}): Promise<Found> {
    throwIfCancelled(signal)
    const body = await this.#ask({ id: this.#next++, kind: 'find', pixels, options })
    throwIfCancelled(signal)
    if (!('found' in body)) throw new EngineCrashedError('the face engine answered another question')
    return body.found
  }

  /** Follows a face from its points in the picture before; none when it is lost. */
  async track(pixels: Pixels, before: Float32Array): Promise<Tracked> {
    const body = await this.#ask({ id: this.#next++, kind: 'track', pixels, before })
    if (!('tracked' in body)) throw new EngineCrashedError('the face engine answered another question')
    return body.tracked
  }

  [Symbol.dispose](): void {
    void this.#worker.terminate()
  }
}
