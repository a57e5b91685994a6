/** The page's end of the chunk worker: one request, one answer, in order. */
import type { ChunkAnswer, ChunkRequest } from './chunk-worker.ts'
import type { KeptFacts } from './kept.ts'

/** An open recording on the device. Every promise settles with the seconds that are safe, or rejects with a DOMException. */
export class ChunkStore implements Disposable {
  readonly #worker = new Worker(new URL('./chunk-worker.ts', import.meta.url), { type: 'module' })
  readonly #waiting: { resolve(kept: number): void; reject(error: unknown): void }[] = []

  constructor() {
    this.#worker.addEventListener('message', (event: MessageEvent<ChunkAnswer>) => {
      const next = this.#waiting.shift()
      if ('error' in event.data) next?.reject(new DOMException(event.data.error, event.data.error))
      else next?.resolve(event.data.kept)
    })
    this.#worker.addEventListener('error', () => {
      for (const next of this.#waiting.splice(0)) next.reject(new DOMException('worker', 'UnknownError'))
    })
  }

  #ask(request: ChunkRequest, transfer: Transferable[] = []): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      this.#worker.postMessage(request, transfer)
    })
  }

  /** Opens a new recording, or goes on with one that lies here. Resolves with the seconds it has. */
  open(id: string, facts: KeptFacts): Promise<number> {
    return this.#ask({ ask: 'open', id, facts })
  }
  /** Appends what the recorder gave; `elapsed` seconds are recorded with it. */
  append(elapsed: number, bytes: ArrayBuffer): Promise<number> {
    return this.#ask({ ask: 'append', elapsed, bytes }, [bytes])
  }
  /** Marks it as stopped by the person and closes the file. */
  async end(): Promise<void> {
    await this.#ask({ ask: 'end' })
    await this.#ask({ ask: 'close' })
  }
  /** Closes the file, unfinished. */
  async close(): Promise<void> {
    await this.#ask({ ask: 'close' })
  }
  [Symbol.dispose](): void {
    this.#worker.terminate()
  }
}
