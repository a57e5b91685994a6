/**
 * Fetching models for translating: one at a time each, because a person asked for it, and never by itself. Nothing of a person
 * goes with it, and nothing about who asked is kept. What broke off is gone on from.
 */
import { download } from '@sotto/media/models/download'
import { modelBytes } from '@sotto/media/models/model'
import { translationModels } from '@sotto/media/models/own-translation'
import { ModelStore } from '@sotto/media/models/store'
import { TRANSLATION_SOURCE, type TranslationModel } from '@sotto/media/models/translation'
import type { Config } from '../config.ts'
import { type ProblemCode, problemOf } from '../problem.ts'

interface Fetching {
  readonly abort: AbortController
  done: number
}

/** What is known of a model. */
export interface ModelState {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly bytes: number
  readonly licence: string
  readonly host: string | null
  readonly files: { path: string; bytes: number; sha256: string }[]
  readonly here: boolean
  readonly fetching: { done: number; total: number } | null
  readonly problem: ProblemCode | null
}

/** The fetching of this server. */
export class ModelFetches implements AsyncDisposable {
  readonly #store: ModelStore
  readonly #mirror: string | undefined
  readonly #running = new Map<string, Fetching>()
  readonly #failed = new Map<string, ProblemCode>()
  readonly #all = new Set<Promise<void>>()

  constructor({ models, modelMirror }: Pick<Config, 'models' | 'modelMirror'>) {
    this.#store = new ModelStore({ folder: models })
    this.#mirror = modelMirror
  }

  /** Every model there is a pin for. */
  async list(): Promise<ModelState[]> {
    const models = await translationModels(this.#store.folder)
    return Promise.all(models.map((model) => this.#state(model)))
  }

  /** Begins to fetch, where it is not here and not under way; undefined where there is no such model. */
  async begin(id: string): Promise<ModelState | undefined> {
    const model = await this.#find(id)
    if (!model) return undefined
    const fetchable = model.files.every(({ from }) => 'url' in from)
    if (fetchable && !this.#running.has(id) && !(await this.#store.has(model))) this.#fetch(model)
    return this.#state(model)
  }

  /** Stops; resolves with how it stands. */
  async stop(id: string): Promise<ModelState | undefined> {
    const model = await this.#find(id)
    this.#running.get(id)?.abort.abort()
    this.#running.delete(id)
    return model && this.#state(model)
  }

  #fetch(model: TranslationModel): void {
    const fetching: Fetching = { abort: new AbortController(), done: 0 }
    this.#running.set(model.id, fetching)
    this.#failed.delete(model.id)
    const work = download(model, this.#store, {
      signal: fetching.abort.signal,
      ...(this.#mirror === undefined ? {} : { mirror: { of: TRANSLATION_SOURCE, by: this.#mirror } }),
      onProgress: ({ done }) => {
        fetching.done = done
      },
    })
      .catch((error: unknown) => {
        if (!fetching.abort.signal.aborted) this.#failed.set(model.id, problemOf(error).code)
      })
      .finally(() => {
        if (this.#running.get(model.id) === fetching) this.#running.delete(model.id)
        this.#all.delete(work)
      })
    this.#all.add(work)
  }

  async #find(id: string): Promise<TranslationModel | undefined> {
    return (await translationModels(this.#store.folder)).find((model) => model.id === id)
  }

  async #state(model: TranslationModel): Promise<ModelState> {
    const { id, from, to, licence, files } = model
    const [origin] = files.map((file) => file.from)
    const address = origin && 'url' in origin ? (this.#mirror ?? origin.url) : undefined
    const running = this.#running.get(id)
    return {
      id,
      from,
      to,
      licence,
      bytes: modelBytes(model),
      host: address === undefined ? null : new URL(address).host,
      files: files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
      here: await this.#store.has(model),
      fetching: running ? { done: running.done, total: modelBytes(model) } : null,
      problem: this.#failed.get(id) ?? null,
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { abort } of this.#running.values()) abort.abort()
    await Promise.all(this.#all)
  }
}
