import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CancelledError, DownloadFailedError, MediaError, throwIfCancelled } from '../error.ts'
import { ModelDamagedError, ModelMissingError } from './error.ts'
import { type Model, modelBytes } from './model.ts'
import type { ModelStore } from './store.ts'

/** How to download. */
export interface DownloadOptions {
  /** Put in place of the beginning of each address (up to the folder of the model's kind). */
  readonly mirror?: { readonly of: string; readonly by: string } | undefined
  readonly signal?: AbortSignal | undefined
  /** Bytes of the whole model. */
  readonly onProgress?: (progress: {
    readonly stage: 'download'
    readonly done: number
    readonly total: number
  }) => void
}

/**
 * Fetches a model's files into the models folder, because a person asked for exactly this. A file takes its place only after size
 * and SHA-256 were right. What broke off is gone on from (RFC 9110 14.2, Range).
 * @throws ModelMissingError when a file has no address, or no models folder is set
 * @throws DownloadFailedError @throws ModelDamagedError @throws CancelledError
 */
export async function download(model: Model, store: ModelStore, options: DownloadOptions = {}): Promise<void> {
  const { folder } = store
  if (folder === undefined) throw new ModelMissingError(model, undefined)
  const total = modelBytes(model)
  let before = 0
  for (const file of model.files) {
    const target = join(folder, model.id, file.path)
    if ((await stat(target).catch(() => undefined))?.size !== file.bytes) {
      if (!('url' in file.from)) throw new ModelMissingError(model, folder)
      const { of, by } = options.mirror ?? { of: '', by: '' }
      const url = of !== '' && file.from.url.startsWith(of) ? by + file.from.url.slice(of.length) : file.from.url
      await mkdir(dirname(target), { recursive: true })
      const done = before
      await fetchFile(url, target, file.bytes, options.signal, (bytes) =>
        options.onProgress?.({ stage: 'download', done: done + bytes, total }),
      )
      if ((await digestOf(`${target}.part`)) !== file.sha256) {
        await rm(`${target}.part`, { force: true })
        throw new ModelDamagedError(model, url, 'has another SHA-256 than the one pinned')
      }
      await rename(`${target}.part`, target)
    }
    before += file.bytes
    options.onProgress?.({ stage: 'download', done: before, total })
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** Fetches into `<target>.part` until it has its bytes. */
async function fetchFile(
  url: string,
  target: string,
  bytes: number,
  signal: AbortSignal | undefined,
  onBytes: (done: number) => void,
): Promise<void> {
  throwIfCancelled(signal)
  const part = `${target}.part`
  await using handle = await open(part, 'a')
  let done = (await handle.stat()).size
  if (done > bytes) {
    await handle.truncate(0)
    done = 0
  }
  if (done === bytes) return
  try {
    const answer = await fetch(url, {
      ...(signal ? { signal } : {}),
      redirect: 'follow',
      headers: { 'accept-encoding': 'identity', ...(done > 0 ? { range: `bytes=${done}-` } : {}) },
    })
    if (answer.status === 200 && done > 0) {
      await handle.truncate(0)
      done = 0
    } else if (answer.status !== (done > 0 ? 206 : 200)) {
      throw new DownloadFailedError(`${url} answered ${answer.status}`)
    }
    for await (const chunk of answer.body ?? []) {
      done += chunk.length
      if (done > bytes) throw new DownloadFailedError(`${url} is longer than the ${bytes} bytes it should have`)
      await handle.write(chunk)
      onBytes(done)
    }
    await handle.sync()
  } catch (error) {
    if (signal?.aborted) throw new CancelledError('cancelled')
    if (error instanceof MediaError) throw error
    throw new DownloadFailedError(`${new URL(url).host} does not answer, or broke off after ${done} of ${bytes} bytes`)
  }
  if (done < bytes) throw new DownloadFailedError(`${url} broke off after ${done} of ${bytes} bytes`)
}
