/** Text to sound, and a recording translated and dubbed, as a person does it. */
import { mkdirSync, readFileSync } from 'node:fs'
import { installOwn, standin } from '@sotto/media/translation/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agreeTo, begin, bringIn, openItem, row, until } from './acts.ts'
import { artefact } from './artefacts.ts'
import { openBrowser } from './browser.ts'
import { openSite, type Site } from './site.ts'
import { speech } from './speech.ts'
import { visit } from './visitor.ts'

let browser: Browser
let site: Site
beforeAll(async () => {
  ;[browser, site] = await Promise.all([openBrowser(), openSite()])
  // A model of the host's own, made by code: it proves the way, not the words.
  mkdirSync(site.place.config.models, { recursive: true })
  installOwn([standin('en', 'fr', 'http://models.invalid')], site.place.config.models)
})
afterAll(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
})

const LONG = { timeout: 90_000 }

async function newText(page: Page, text: string): Promise<void> {
  await begin(page)
  await page.getByRole('navigation').getByRole('link', { name: 'Speak' }).click()
  await page.getByRole('textbox', { name: 'Text' }).fill(text)
  await page.getByRole('combobox', { name: 'Voice' }).selectOption('espeak-en')
  await page.getByRole('button', { name: 'Go on' }).click()
  await agreeTo(page, 'Speaking text', /synthetic voice/)
  await page.getByRole('heading', { name: 'Paragraphs' }).waitFor()
}

test('a text is heard paragraph by paragraph, changed, undone, saved with its words, and erased', async () => {
  await using somebody = await visit(browser, site)
  const { page, held } = somebody
  await newText(page, 'The first paragraph.\n\nThe second one.\n\nAnd a third.')
  await page.getByText('0 of 3 spoken').waitFor()
  // One of them first, to judge the voice by.
  await page.getByRole('button', { name: 'Speak and listen to Paragraph 2' }).click()
  await page.getByText('1 of 3 spoken').waitFor(LONG)
  await page.getByRole('button', { name: 'Speak all' }).click()
  await page.getByText('3 of 3 spoken').waitFor(LONG)
  const [{ id }] = await held('GET /api/speech')
  const takes = async () =>
    (await held('GET /api/speech/:id', { id })).segments.map((one: { spoken: unknown }) => one.spoken)
  const before = await takes()
  await page.getByRole('textbox', { name: 'Paragraph 1' }).fill('The first paragraph is another now.')
  await page.getByText('2 of 3 spoken').waitFor()
  await page.getByRole('status').getByText('saved', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Speak and listen to Paragraph 1' }).click()
  await page.getByText('3 of 3 spoken').waitFor(LONG)
  const after = await takes()
  expect(after.slice(1)).toEqual(before.slice(1))
  expect(after[0]).not.toEqual(before[0])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => page.getByRole('textbox', { name: 'Paragraph 1' }).inputValue()).toBe('The first paragraph.')
  await page.getByText('3 of 3 spoken').waitFor()
  await page.screenshot({ path: artefact('text being spoken'), fullPage: true })

  await page.getByRole('combobox', { name: 'Save as' }).selectOption('mp3')
  await page.getByRole('button', { name: 'Save as a recording' }).click()
  await page.getByText('Made:').getByRole('link').click(LONG)
  await page.getByRole('tablist', { name: 'Tools' }).waitFor(LONG)
  await page.getByText('synthetic voice, spoken from a text').first().waitFor()
  await page
    .getByRole('group', { name: 'Words of the recording' })
    .getByText(/And a third/)
    .waitFor()
  await page.getByRole('link', { name: 'Open the text' }).first().click()
  await page.getByRole('button', { name: 'Erase this text' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Erase for good' }).click()
  await page.getByText('No texts yet.').waitFor()
  expect(await held('GET /api/items')).toHaveLength(1)
  somebody.behaved()
})

test('a file brought in is read on this device; nothing is sent before one goes on', async () => {
  await using somebody = await visit(browser, site)
  const { page } = somebody
  await begin(page)
  await page.goto('/speak')
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(request.url())
  })
  const cues = '1\n00:00:01,000 --> 00:00:02,000\nGood morning.\n\n2\n00:00:03,000 --> 00:00:04,000\nEverybody.\n'
  const bring = (name: string, bytes: Buffer) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: bytes })
  await bring('morning.srt', Buffer.from(cues))
  await page.getByText('morning.srt: 2 paragraphs').waitFor()
  expect(await page.getByRole('textbox', { name: 'Text' }).inputValue()).toBe('Good morning.\n\nEverybody.')
  await bring('broken.docx', Buffer.from('no document at all'))
  await page.getByText('This file cannot be read as text').waitFor()
  expect(sent).toEqual([])
  somebody.behaved()
})

test('a recording is translated sentence by sentence beside its words, changed, dubbed, and its subtitles taken in both languages', async () => {
  await using somebody = await visit(browser, site)
  const { page, held } = somebody
  await begin(page)
  await bringIn(page, [{ name: 'Address.flac', mimeType: 'audio/flac', bytes: await speech(11) }])
  await row(page, 'Address.flac').getByText('0:11').waitFor(LONG)
  await openItem(page, 'Address.flac')
  await page.getByRole('tab', { name: 'Translate and dub' }).click()
  await page.getByText('The words of this recording are needed first').waitFor()
  await page.getByRole('tab', { name: 'Words' }).click()
  await page.getByRole('button', { name: 'Transcribe', exact: true }).click()
  await agreeTo(page, 'Turning speech into words', /To recognise the words/)
  await page.getByRole('toolbar', { name: 'Words' }).waitFor(LONG)

  // Where a model is missing the page says which, how large, under which licence, with which digest.
  await page.getByRole('tab', { name: 'Translate and dub' }).click()
  const panel = page.getByRole('tabpanel', { name: 'Translate and dub' })
  await panel.getByRole('combobox', { name: 'Into' }).selectOption('zh')
  await panel.getByText('translate-en-zh').waitFor()
  await panel.getByText('MPL-2.0').waitFor()
  await panel.getByText('SHA-256').click()
  await panel.getByText(/7f255403b3bb2502f08ac4d5ca397a8a/).waitFor()
  expect(await panel.getByRole('button', { name: 'Translate', exact: true }).isDisabled()).toBe(true)
  await page.setViewportSize({ width: 390, height: 1900 })
  await page.screenshot({ path: artefact('dub model missing') })
  await page.setViewportSize({ width: 1280, height: 800 })

  await panel.getByRole('combobox', { name: 'Into' }).selectOption('fr')
  await panel.getByRole('button', { name: 'Translate', exact: true }).click()
  await agreeTo(page, 'Translating', /another language/)
  await panel.getByText('Nobody has rated it').waitFor(LONG)
  const first = panel.getByRole('textbox', { name: /Sentence 1/ })
  await expect.poll(() => first.inputValue(), LONG).not.toBe('')
  await panel
    .getByText(/ask not/i)
    .first()
    .waitFor()
  await panel.getByRole('combobox', { name: 'Voice' }).selectOption('espeak-fr')
  await first.fill('Bonjour à tous.')
  await panel.getByRole('status').getByText('saved', { exact: true }).waitFor()
  await panel.getByRole('button', { name: 'Speak and listen to Sentence 1' }).click()
  await agreeTo(page, 'Speaking text', /synthetic voice/)
  await panel.getByRole('button', { name: /^(Listen to Sentence 1|Stop)$/ }).waitFor(LONG)
  await panel.getByRole('button', { name: 'Save the dubbing' }).click()
  await panel.getByText('Made:').getByRole('link').waitFor({ timeout: 180_000 })
  await page.setViewportSize({ width: 1280, height: 1900 })
  await page.screenshot({ path: artefact('dubbed') })
  for (const [name, ends] of [
    ['English, srt', /\.en\.srt$/],
    ['French, srt', /\.fr\.srt$/],
  ] as const) {
    const [download] = await Promise.all([page.waitForEvent('download'), panel.getByRole('link', { name }).click()])
    expect(download.suggestedFilename()).toMatch(ends)
    expect(readFileSync(await download.path(), 'utf8')).toMatch(name.startsWith('French') ? /Bonjour/ : /ask/i)
  }
  const made = async () =>
    (await held('GET /api/items')).find(
      (one: { made_from: { operation: string } | null }) => one.made_from?.operation === 'dub',
    )
  await until(async () => (await made())?.state === 'ready', 60_000)
  expect((await made()).transcript).toBe('complete')
  somebody.behaved()
})
