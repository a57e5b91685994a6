import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { gunzip } from 'node:zlib'
import { CancelledError, EngineCrashedError, EngineMissingError, throwIfCancelled } from '../error.ts'
import { modelBytes } from '../models/model.ts'
import type { ModelStore } from '../models/store.ts'
import { TRANSLATION_MODELS, type TranslationModel } from '../models/translation.ts'
import { type Pair, PairUnavailableError, type Translator } from './translator.ts'

const unpack = promisify(gunzip)

/** Models kept in memory: a way through English needs two. */
const KEPT = 2

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** Settings of {@link BergamotTranslator}. */
export interface BergamotOptions {
  readonly models?: readonly TranslationModel[]
  /** Marian's settings beside those the models of Mozilla need, e.g. another arithmetic. */
  readonly config?: Readonly<Record<string, string>>
}

/**
 * Bergamot (Marian as WebAssembly, MPL-2.0) in a worker of its own. Translating is one synchronous call in there: cancelling
 * kills the worker, and the next text begins a new one.
 */
export class BergamotTranslator implements Translator {
  readonly #store: ModelStore
  readonly #models: readonly TranslationModel[]
  readonly #config: Readonly<Record<string, string>>
  #worker: Worker | undefined
  #loaded: string[] = []
  #next = 1
  readonly #waiting = new Map<number, Waiting>()

  constructor(store: ModelStore, options: BergamotOptions = {}) {
    this.#store = store
    this.#models = options.models ?? TRANSLATION_MODELS
    this.#config = options.config ?? {}
  }

  async pairs(): Promise<readonly Pair[]> {
    const here = new Map(
      await Promise.all(this.#models.map(async (model) => [model, await this.#store.has(model)] as const)),
    )
    const languages = [...new Set(this.#models.flatMap(({ from, to }) => [from, to]))].sort()
    return languages.flatMap((from) =>
      languages.flatMap((to): Pair[] => {
        const models = from === to ? undefined : this.#way(from, to)
        if (!models) return []
        const missing = models.filter((model) => !here.get(model))
        return [
          {
            from,
            to,
            route: models.length > 1 ? 'pivot' : 'direct',
            state: missing.length === 0 ? 'ready' : 'downloadable',
            missing: missing.map(({ id }) => id),
            bytes: missing.reduce((sum, model) => sum + modelBytes(model), 0),
            unrated: models.some((model) => model.unrated === true),
          },
        ]
      }),
    )
  }

  async translate(
    texts: readonly string[],
    options: { readonly from: string; readonly to: string; readonly signal?: AbortSignal | undefined },
  ): Promise<string[]> {
    const { from, to, signal } = options
    throwIfCancelled(signal)
    const models = this.#way(from, to)
    const pair = (await this.pairs()).find((one) => one.from === from && one.to === to)
    if (!models || pair?.state !== 'ready') throw new PairUnavailableError(from, to, pair)
    const onAbort = () => void this.#end(new CancelledError('cancelled'))
    signal?.addEventListener('abort', onAbort)
    try {
      await this.#load(models, signal)
      throwIfCancelled(signal)
      const answers = await this.#ask('translate', {
        models: models.map((model) => ({ from: model.from, to: model.to })),
        texts: texts.map((text) => ({ text, html: false })),
      })
      return (answers as { target: { text: string } }[]).map(({ target }) => target.text.trim())
    } finally {
      signal?.removeEventListener('abort', onAbort)
    }
  }

  /** Directly, else through English. */
  #way(from: string, to: string): readonly TranslationModel[] | undefined {
    const direct = this.#model(from, to)
    if (direct) return [direct]
    const [into, out] = [this.#model(from, 'en'), this.#model('en', to)]
    return into && out ? [into, out] : undefined
  }

  #model(from: string, to: string): TranslationModel | undefined {
    return this.#models.find((model) => model.from === from && model.to === to)
  }

  async #load(models: readonly TranslationModel[], signal: AbortSignal | undefined): Promise<void> {
    throwIfCancelled(signal)
    if (!this.#worker) await this.#begin()
    for (const model of models) {
      const { id, from, to } = model
      if (this.#loaded.includes(id)) {
        this.#loaded = [...this.#loaded.filter((one) => one !== id), id]
        continue
      }
      while (this.#loaded.length >= KEPT) {
        const oldest = this.#loaded.find((one) => !models.some((needed) => needed.id === one))
        if (oldest === undefined) break
        this.#loaded = this.#loaded.filter((one) => one !== oldest)
        const gone = this.#models.find((one) => one.id === oldest)
        await this.#ask('freeTranslationModel', { from: gone?.from, to: gone?.to })
      }
      const buffers = await this.#buffers(model)
      throwIfCancelled(signal)
      await this.#ask('loadTranslationModel', { from, to }, buffers)
      this.#loaded.push(id)
    }
  }

  /** The files of a model, unpacked, as the engine takes them. */
  async #buffers(model: TranslationModel) {
    const paths = await this.#store.locate(model)
    const bytes = async (pattern: RegExp): Promise<ArrayBuffer | undefined> => {
      const name = [...paths.keys()].find((one) => pattern.test(one))
      if (name === undefined) return undefined
      const packed = await readFile(paths.get(name) as string)
      return Uint8Array.from(name.endsWith('.gz') ? await unpack(packed) : packed).buffer
    }
    const both = await bytes(/^vocab\./)
    const vocabs = both ? [both] : [await bytes(/^srcvocab\./), await bytes(/^trgvocab\./)]
    return {
      model: await bytes(/^model\./),
      shortlist: (await bytes(/^lex\./)) ?? new ArrayBuffer(0),
      vocabs,
      qualityModel: null,
      config: { ...this.#config, ...model.marian },
    }
  }

  async #begin(): Promise<void> {
    const script = join(enginePath(), 'worker', 'translator-worker.js')
    const source = await readFile(script, 'utf8')
    // The package calls itself an ES module, but its worker is CommonJS: run as a script it finds `require`, and is told its place.
    const place = `globalThis.__filename = ${JSON.stringify(script)}; globalThis.__dirname = ${JSON.stringify(dirname(script))};\n`
    const worker = new Worker(place + source, { eval: true, stdout: true, stderr: true })
    this.#worker = worker
    this.#loaded = []
    worker.on('message', ({ id, result, error }) => {
      const waiting = this.#waiting.get(id)
      this.#waiting.delete(id)
      if (error) waiting?.reject(new EngineCrashedError(`the translator failed: ${error.message}`))
      else waiting?.resolve(result)
    })
    const gone = () => {
      if (this.#worker === worker) void this.#end(new EngineCrashedError('the translator died'))
    }
    worker.on('error', gone)
    worker.on('exit', gone)
    await this.#ask('initialize', {})
  }

  #ask(name: string, ...args: unknown[]): Promise<unknown> {
    const worker = this.#worker
    if (!worker) return Promise.reject(new CancelledError('cancelled'))
    const id = this.#next
    this.#next += 1
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      worker.postMessage({ id, name, args })
    })
  }

  async #end(reason: Error): Promise<void> {
    const worker = this.#worker
    this.#worker = undefined
    this.#loaded = []
    for (const { reject } of this.#waiting.values()) reject(reason)
    this.#waiting.clear()
    await worker?.terminate()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end(new CancelledError('cancelled'))
  }
}

function enginePath(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('@browsermt/bergamot-translator/package.json'))
  } catch {
    throw new EngineMissingError('the translator is not installed: npm install @browsermt/bergamot-translator@0.4.9')
  }
}
