import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { MemorySink } from '../container/sink.ts'
import { memorySource } from '../container/source.ts'
import { OWN_TRANSLATION, translationModels } from '../models/own-translation.ts'
import { ModelStore } from '../models/store.ts'
import { TRANSLATION_MODELS } from '../models/translation.ts'
import { BergamotTranslator } from '../translation/bergamot.ts'
import { install, installOwn, STANDIN_CONFIG, standin } from '../translation/testing.ts'
import { flagsOf } from '../translation/translation.ts'
import { speak } from './speak.ts'
import { translate } from './translate.ts'

const place = mkdtempSync(join(tmpdir(), 'sotto-translating-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

test('numbers, dates and lengths that do not fit are flagged', () => {
  expect(flagsOf('我们周三见。', 'See you on Wednesday.')).toEqual(['numbers'])
  expect(flagsOf('La salle est ouverte.', 'The room is open.')).toEqual([])
  expect(flagsOf('Le 3 mai', 'May')).toEqual(['numbers'])
  expect(flagsOf('A rather long sentence that says a great deal of things.', 'Yes.')).toEqual(['length'])
})

test('sentences keep their times and their source; a pair that is not here is unavailable', async () => {
  const made = standin('xx', 'en', 'http://models.invalid')
  install(made, place)
  const store = new ModelStore({ folder: place, carriersFrom: place })
  await using translator = new BergamotTranslator(store, { models: [made.model], config: STANDIN_CONFIG })
  const segments = Array.from({ length: 10 }, (_, index) => ({
    start: index,
    end: index + 0.5,
    text: `word ${index}.`,
  }))
  const result = await translate(undefined, { segments, from: 'xx', to: 'en' }, { store, translator })
  expect(result).toMatchObject({ from: 'xx', to: 'en', engine: 'bergamot', quality: 'good' })
  expect(result.segments.map(({ start, end, source }) => ({ start, end, text: source }))).toEqual(segments)
  for (const options of [
    { segments, from: 'en', to: 'xx' },
    { segments, from: 'qq', to: 'en' },
  ])
    await expect(translate(undefined, options, { store, translator })).rejects.toMatchObject({ code: 'engine-missing' })
  for (const options of [
    { segments, to: 'en' },
    { segments, from: 'en', to: 'en' },
    { to: 'en', from: 'xx' },
  ])
    await expect(translate(undefined, options, { store, translator })).rejects.toMatchObject({ code: 'bad-request' })
})

test('models of the host translate, unrated and sentence by sentence; a list that is none is not believed', async () => {
  const folder = mkdtempSync(join(place, 'own-'))
  installOwn([standin('en', 'fr', 'http://models.invalid')], folder)
  const store = new ModelStore({ folder, carriersFrom: folder })
  const segments = [
    { start: 0, end: 1, text: 'One.' },
    { start: 1, end: 2, text: 'Two.' },
  ]
  const told: number[] = []
  const result = await translate(undefined, { segments, from: 'en', to: 'fr' }, { store }, (event) => {
    if (event.type === 'translated') told.push(event.index)
  })
  expect(result).toMatchObject({ engine: 'bergamot', quality: 'unrated' })
  expect(told).toEqual([0, 1])
  const models = await translationModels(folder)
  expect(models).toHaveLength(TRANSLATION_MODELS.length)
  expect(models[0]).toMatchObject({ from: 'en', to: 'fr', unrated: true })
  const file = { path: 'model.bin', bytes: 1, sha256: '0'.repeat(64) }
  const whole = { id: 'mine', from: 'en', to: 'fr', licence: 'MIT', files: [file] }
  for (const list of [
    'no JSON',
    '{}',
    [{ ...whole, id: '../up' }],
    [{ ...whole, files: [{ ...file, path: '../../etc/passwd' }] }],
    [{ ...whole, files: [{ ...file, sha256: 'none' }] }],
    [{ ...whole, arithmetic: 'float32 --model other' }],
  ]) {
    writeFileSync(join(folder, OWN_TRANSLATION), typeof list === 'string' ? list : JSON.stringify(list))
    await expect(translationModels(folder)).rejects.toMatchObject({ code: 'engine-missing' })
  }
})

test('speech into English on real weights (C52): what a French voice says, as a draft beside its source', async () => {
  const sink = new MemorySink()
  const said = 'Le train part avant midi.'
  const spoken = await speak([], sink, {
    segments: [{ text: said, voice: 'ff_siwis', speed: 1 }],
    format: 'flac',
  })
  const segments = spoken.segments.map(({ start, end, text }) => ({ start, end, text }))
  const result = await translate(
    memorySource(Uint8Array.from(sink.bytes)),
    { segments, from: 'fr', to: 'en' },
    { store: new ModelStore({ folder: place }) },
  )
  console.log(JSON.stringify(result.segments))
  expect(result).toMatchObject({ engine: 'whisper', quality: 'draft' })
  expect(result.segments[0]).toMatchObject({ source: said, flags: ['numbers'] })
  expect(result.segments[0]?.text).toMatch(/train/i)
  expect(result.segments[0]?.text).toMatch(/\b(before|noon|midday)\b/i)
})
