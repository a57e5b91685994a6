/**
 * The thread the face networks live in. LiteRT's loader wants a browser's worker or page; what it misses in Node is put
 * into this thread's globals and nowhere else.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import vm from 'node:vm'
import { parentPort } from 'node:worker_threads'
import { MediaError } from '../../error.ts'
import { findFaces, trackFace } from '../find.ts'
import { openFaceNetworks } from '../networks.ts'
import type { FinderAnswer, FinderRequest } from './finder.ts'
import { faceWeights, packageFolder } from './weights.ts'

const port = parentPort
if (port === null) throw new Error('finder-worker.ts is started as a thread')

async function open() {
  const weights = faceWeights()
  const wasm = join(packageFolder('@litertjs/core') ?? '', 'wasm')
  Object.assign(globalThis, {
    self: globalThis,
    require: createRequire(import.meta.url),
    __dirname: wasm,
    __filename: join(wasm, 'litert_wasm_internal.js'),
    importScripts: (url: string) =>
      vm.runInThisContext(readFileSync(url.startsWith('file:') ? fileURLToPath(url) : url, 'utf8'), { filename: url }),
  })
  const liteRt = await import('@litertjs/core')
  await liteRt.loadLiteRt(`${pathToFileURL(wasm)}/`)
  return await openFaceNetworks(liteRt, weights)
}

const opened = open()
// Whoever asks gets the reason; nobody asking is no reason to die.
opened.catch(() => {})

port.on('message', async (request: FinderRequest) => {
  const answer = (body: FinderAnswer['body']) => port.postMessage({ id: request.id, body } satisfies FinderAnswer)
  try {
    const networks = await opened
    if (request.kind === 'find') answer({ found: await findFaces(networks, request.pixels, request.options) })
    else answer({ tracked: await trackFace(networks, request.pixels, request.before) })
  } catch (error) {
    answer(
      error instanceof MediaError
        ? { code: error.code, message: error.message }
        : { code: 'engine-crashed', message: error instanceof Error ? error.message : 'unknown' },
    )
  }
})
