import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { download } from '../models/download.ts'
import { ModelStore } from '../models/store.ts'
import { TRANSLATION_MODELS } from '../models/translation.ts'
import { BergamotTranslator } from './bergamot.ts'
import { install, STANDIN_CONFIG, standin } from './testing.ts'
import { PairUnavailableError } from './translator.ts'

const place = mkdtempSync(join(tmpdir(), 'sotto-translate-'))
const SOURCE = 'http://models.invalid'
const into = standin('xx', 'en', SOURCE, 1)
const out = standin('en', 'yy', SOURCE, 2)
const models = [into.model, out.model]
const storeOf = (name: string) => new ModelStore({ folder: join(place, name), carriersFrom: place })
const open = (store: ModelStore) => new BergamotTranslator(store, { models, config: STANDIN_CONFIG })

/** What the loopback server does with the next request, and what it was asked. */
let answer: RequestListener
let asked: { url: string; range: string | undefined }[] = []
const server = createServer((request, response) => {
  asked.push({ url: request.url ?? '', range: request.headers.range })
  answer(request, response)
})
let mirror = { of: SOURCE, by: '' }
beforeAll(async () => {
  install(into, join(place, 'here'))
  install(out, join(place, 'here'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  mirror = { of: SOURCE, by: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
  rmSync(place, { recursive: true, force: true })
})

const bytesOf = (url: string): Buffer => into.files.get(url.split('/').at(-1) ?? '') as Buffer
/** An honest server, ranges included. */
const honest: RequestListener = (request, response) => {
  const bytes = bytesOf(request.url ?? '')
  const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
  response.writeHead(from > 0 ? 206 : 200).end(bytes.subarray(from))
}

describe('translating, on a model made by the test', () => {
  test('directly and through English; the same text gives the same text', async () => {
    await using translator = open(storeOf('here'))
    const direct = await translator.translate(['hello world.', 'how are you?'], { from: 'xx', to: 'en' })
    expect(direct).toHaveLength(2)
    expect(direct.every((text) => text.length > 0)).toBe(true)
    expect(await translator.translate(['hello world.'], { from: 'xx', to: 'en' })).toEqual([direct[0]])
    expect(await translator.translate(['hello world.'], { from: 'xx', to: 'yy' })).toHaveLength(1)
    expect((await translator.pairs()).map(({ from, to, route, state }) => [from, to, route, state])).toEqual([
      ['en', 'yy', 'direct', 'ready'],
      ['xx', 'en', 'direct', 'ready'],
      ['xx', 'yy', 'pivot', 'ready'],
    ])
  })

  test('an aborted translation ends at once as cancelled, and the next one works', async () => {
    await using translator = open(storeOf('here'))
    const controller = new AbortController()
    const long = Array.from({ length: 200 }, (_, index) => `${'many words here '.repeat(20)}${index}.`)
    const running = translator.translate(long, { from: 'xx', to: 'en', signal: controller.signal })
    controller.abort()
    expect(await running.catch((error) => error)).toMatchObject({ code: 'cancelled' }) // not `rejects`: it would print the text
    const later = new AbortController()
    const begun = translator.translate(long, { from: 'xx', to: 'en', signal: later.signal })
    await translator.pairs()
    later.abort()
    await expect(begun.then(() => 'done')).rejects.toMatchObject({ code: 'cancelled' })
    expect(await translator.translate(['a.'], { from: 'xx', to: 'en' })).toHaveLength(1)
  })

  test('a model that is none crashes the engine by name, not the studio; the next one works', async () => {
    const broken = standin('zz', 'en', SOURCE)
    const files = new Map([...broken.files].map(([name]) => [name, into.files.get('vocab.spm.gz') as Buffer]))
    const model = {
      ...broken.model,
      files: broken.model.files.map((file) => ({
        ...file,
        bytes: (files.get(file.path) as Buffer).length,
        sha256: into.model.files.find(({ path }) => path === 'vocab.spm.gz')?.sha256 ?? '',
      })),
    }
    install({ model, files }, join(place, 'here'))
    await using translator = new BergamotTranslator(storeOf('here'), {
      models: [...models, model],
      config: STANDIN_CONFIG,
    })
    await expect(translator.translate(['a.'], { from: 'zz', to: 'en' })).rejects.toMatchObject({
      code: 'engine-crashed',
    })
    expect(await translator.translate(['a.'], { from: 'xx', to: 'en' })).toHaveLength(1)
  })

  test('a pair that is not here says what to do and how large it is; one that nobody has, that', async () => {
    await using translator = new BergamotTranslator(storeOf('none'))
    const pair = translator.translate(['a'], { from: 'zh', to: 'en' })
    await expect(pair).rejects.toThrow(PairUnavailableError)
    await expect(pair).rejects.toMatchObject({
      code: 'engine-missing',
      message: expect.stringMatching(/sotto models get translate-zh-en \(50 MB/),
    })
    await expect(translator.translate(['a'], { from: 'zh', to: 'fr' })).rejects.toThrow(
      /translate-zh-en && sotto models get translate-en-fr/,
    )
    await expect(translator.translate(['a'], { from: 'xx', to: 'qq' })).rejects.toThrow(/no model for it/)
  })
})

describe('fetching', () => {
  test('by explicit act, from the mirror, verified; then it is ready', async () => {
    answer = honest
    const store = storeOf('fetched')
    const steps: number[] = []
    await download(into.model, store, { mirror, onProgress: ({ done }) => steps.push(done) })
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
    expect(steps.at(-1)).toBe(into.model.files.reduce((sum, file) => sum + file.bytes, 0))
    await store.locate(into.model)
    asked = []
    await download(into.model, store, { mirror })
    expect(asked).toEqual([])
  })

  test('a wrong digest leaves nothing', async () => {
    answer = (request, response) => {
      const bytes = Buffer.from(bytesOf(request.url ?? ''))
      bytes[40] = (bytes[40] as number) ^ 1
      response.end(bytes)
    }
    await expect(download(into.model, storeOf('wrong'), { mirror })).rejects.toMatchObject({
      message: expect.stringContaining('SHA-256'),
    })
    expect(readdirSync(join(place, 'wrong', into.model.id))).toEqual([])
  })

  test('what broke off is kept, and gone on from where it was', async () => {
    answer = (request, response) => {
      const bytes = bytesOf(request.url ?? '')
      response.writeHead(200, { 'content-length': bytes.length })
      response.write(bytes.subarray(0, 500), () => response.destroy())
    }
    const store = storeOf('broken-off')
    await expect(download(into.model, store, { mirror })).rejects.toMatchObject({ code: 'download-failed' })
    const part = join(place, 'broken-off', into.model.id, 'model.bin.gz.part')
    const had = existsSync(part) ? statSync(part).size : 0
    expect(await store.has(into.model)).toBe(false)
    answer = honest
    asked = []
    await download(into.model, store, { mirror })
    expect(asked[0]?.range).toBe(had > 0 ? `bytes=${had}-` : undefined)
    await store.locate(into.model)
  })

  test('an answer that is too short, too long or an error is a named error', async () => {
    for (const [name, lie] of [
      ['short', (bytes: Buffer) => bytes.subarray(0, 100)],
      ['long', (bytes: Buffer) => Buffer.concat([bytes, bytes])],
    ] as const) {
      answer = (request, response) => response.end(lie(bytesOf(request.url ?? '')))
      await expect(download(into.model, storeOf(name), { mirror })).rejects.toMatchObject({ code: 'download-failed' })
    }
    answer = (_, response) => response.writeHead(404).end()
    await expect(download(into.model, storeOf('gone'), { mirror })).rejects.toMatchObject({
      code: 'download-failed',
      message: expect.stringContaining('404'),
    })
  })

  test('an abort ends it as cancelled', async () => {
    const controller = new AbortController()
    answer = (_, response) => {
      response.writeHead(200)
      response.write('x', () => controller.abort())
    }
    await expect(download(into.model, storeOf('aborted'), { mirror, signal: controller.signal })).rejects.toMatchObject(
      {
        code: 'cancelled',
      },
    )
  })

  test('without a network: from a folder or a tar', async () => {
    const source = join(place, 'here', into.model.id)
    const byFolder = storeOf('by-folder')
    await byFolder.importFrom(into.model, source)
    await byFolder.locate(into.model)
    const tar = join(place, 'm.tar')
    execFileSync('tar', ['-C', source, '-cf', tar, '.'])
    const byTar = storeOf('by-tar')
    await byTar.importFrom(into.model, tar)
    await byTar.locate(into.model)
  })
})

const real = process.env.MODELS_DIR

test.skipIf(real === undefined)('the real models, where MODELS_DIR has them', async () => {
  await using translator = new BergamotTranslator(new ModelStore({ folder: real, carriersFrom: place }))
  const ready = (await translator.pairs()).filter(({ state }) => state === 'ready')
  const keywords: Record<string, [string, RegExp]> = {
    'zh-en': ['火车几点到北京？', /train.*Beijing/i],
    'en-zh': ['The train arrives in Beijing at eight.', /火车|列车/],
    'fr-en': ['Où est la gare ?', /station/i],
    'en-fr': ['Where is the station?', /gare|station/i],
  }
  for (const { from, to } of ready) {
    const [text, pattern] = keywords[`${from}-${to}`] ?? []
    if (text && pattern) expect((await translator.translate([text], { from, to }))[0]).toMatch(pattern)
  }
})

test('the disputed list of English to Chinese is not among the pins', () => {
  const model = TRANSLATION_MODELS.find(({ id }) => id === 'translate-en-zh')
  expect(model?.files.map(({ path }) => path)).toEqual([
    'model.enzh.intgemm.alphas.bin.gz',
    'srcvocab.enzh.spm.gz',
    'trgvocab.enzh.spm.gz',
  ])
})
