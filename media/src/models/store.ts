import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ModelDamagedError, ModelMissingError } from './error.ts'
import type { Model, ModelFile } from './model.ts'
import { tarEntries } from './tar.ts'

/** Files this process has already found to be what they should be: digest by device, inode, size and time of change. */
const verified = new Map<string, string>()

/** Settings of a {@link ModelStore}. */
export interface ModelStoreOptions {
  /** A folder with one folder per model id. Default: `SOTTO_MODELS`. */
  readonly folder?: string | undefined
  /** Where the search for npm carriers begins: `node_modules` here and in every folder above. Default: this file's place. */
  readonly carriersFrom?: string
}

/**
 * Finds models on this machine and hands out the paths of their files, each checked against its pinned size and
 * SHA-256 first. Looks into the npm carrier, then into the models folder. Never uses the network.
 */
export class ModelStore {
  readonly folder: string | undefined
  readonly #carriersFrom: string

  constructor(options: ModelStoreOptions = {}) {
    const folder = options.folder ?? process.env.SOTTO_MODELS
    this.folder = folder ? resolve(folder) : undefined
    this.#carriersFrom = options.carriersFrom ?? import.meta.dirname
  }

  /** Whether every file of the model is here with the right size. Cheap: reads no file. */
  async has(model: Model): Promise<boolean> {
    const found = await Promise.all(model.files.map((file) => this.#find(model, file)))
    return found.every((path) => path !== undefined)
  }

  /**
   * The path of each file of the model, by its name in {@link Model.files}, verified.
   *
   * @throws ModelMissingError when a file is nowhere; ModelDamagedError when its bytes are not the pinned ones.
   */
  async locate(model: Model): Promise<ReadonlyMap<string, string>> {
    const paths = new Map<string, string>()
    for (const file of model.files) {
      const path = await this.#find(model, file)
      if (path === undefined) throw await this.#absence(model, file)
      await verify(model, file, path)
      paths.set(file.path, path)
    }
    return paths
  }

  /**
   * Takes the model's files from a folder or an uncompressed tar (recognised by their names, at any depth) into the
   * models folder. A file takes its place only after its digest was right; others in the source are passed over.
   *
   * @throws ModelMissingError when the source lacks a file or no models folder is set; ModelDamagedError on a wrong one.
   */
  async importFrom(model: Model, source: string): Promise<void> {
    if (!this.folder) throw new ModelMissingError(model, undefined)
    const isFolder = (await stat(source)).isDirectory()
    const wanted = new Set(model.files)
    if (isFolder) {
      for (const file of model.files) {
        const path = await firstFile(namesOf(file).map((name) => join(source, name)))
        if (path === undefined) continue
        await this.#take(model, file, createReadStream(path))
        wanted.delete(file)
      }
    } else {
      for await (const entry of tarEntries(source)) {
        const file = [...wanted].find((one) => namesOf(one).some((name) => `/${entry.name}`.endsWith(`/${name}`)))
        if (!file) continue
        await this.#take(model, file, Readable.from(entry.chunks()))
        wanted.delete(file)
      }
    }
    if (wanted.size > 0) throw new ModelMissingError(model, this.folder)
  }

  async #take(model: Model, file: ModelFile, source: Readable): Promise<void> {
    const target = join(this.folder as string, model.id, file.path) // the only caller has checked that it is set
    const part = `${target}.part`
    await mkdir(dirname(target), { recursive: true })
    try {
      await pipeline(source, createWriteStream(part, { mode: 0o644 }))
      await verify(model, file, part)
      const handle = await open(part, 'r+')
      await handle.sync().finally(() => handle.close())
      await rename(part, target)
    } finally {
      await rm(part, { force: true })
    }
  }

  #candidates(model: Model, file: ModelFile): string[] {
    const candidates: string[] = []
    if ('npm' in file.from) {
      let folder = resolve(this.#carriersFrom)
      for (;;) {
        candidates.push(join(folder, 'node_modules', file.from.npm, file.from.path))
        if (dirname(folder) === folder) break
        folder = dirname(folder)
      }
    }
    if (this.folder) candidates.push(join(this.folder, model.id, file.path))
    return candidates
  }

  async #find(model: Model, file: ModelFile): Promise<string | undefined> {
    return await firstFile(this.#candidates(model, file), file.bytes)
  }

  async #absence(model: Model, file: ModelFile): Promise<Error> {
    const misfit = await firstFile(this.#candidates(model, file))
    if (misfit === undefined) return new ModelMissingError(model, this.folder)
    return new ModelDamagedError(model, misfit, `does not have its ${file.bytes} bytes`)
  }
}

/** What a file may be called in a source to import: its own name, or the one it has in its npm package. */
function namesOf(file: ModelFile): string[] {
  const inPackage = 'npm' in file.from ? file.from.path.split('/') : []
  return [file.path, ...inPackage.map((_, index) => inPackage.slice(index).join('/'))]
}

async function firstFile(paths: readonly string[], bytes?: number): Promise<string | undefined> {
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined)
    if (found?.isFile() && (bytes === undefined || found.size === bytes)) return path
  }
  return undefined
}

async function verify(model: Model, file: ModelFile, path: string): Promise<void> {
  const { dev, ino, size, mtimeMs } = await stat(path)
  if (size !== file.bytes) throw new ModelDamagedError(model, path, `has ${size} bytes instead of ${file.bytes}`)
  const key = `${dev}:${ino}:${size}:${mtimeMs}`
  let digest = verified.get(key)
  if (digest === undefined) {
    const hash = createHash('sha256')
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
    digest = hash.digest('hex')
    verified.set(key, digest)
  }
  if (digest !== file.sha256) throw new ModelDamagedError(model, path, 'has another SHA-256 than the one pinned')
}
