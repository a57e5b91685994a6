/** The page of one recording: its words, cuts, clips and files. */
import { readFileSync } from 'node:fs'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agreeTo, begin, bringIn, openItem, row, saved, until } from './acts.ts'
import { openBrowser } from './browser.ts'
import { played } from './hearing.ts'
import { openSite, type Site } from './site.ts'
import { speech } from './speech.ts'
import { type Visitor, visit } from './visitor.ts'

let browser: Browser
let site: Site
beforeAll(async () => {
  ;[browser, site] = await Promise.all([openBrowser(), openSite()])
})
afterAll(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
})

interface Word {
  readonly start: number
  readonly end: number
  readonly text: string
}

async function bringSpeech(page: Page, name: string, seconds: number): Promise<void> {
  await begin(page)
  await bringIn(page, [{ name, mimeType: 'audio/flac', bytes: await speech(seconds) }])
  const minutes = Math.floor(seconds / 60)
  await row(page, name)
    .getByText(`${minutes}:${String(seconds % 60).padStart(2, '0')}`)
    .waitFor({ timeout: 60_000 })
  await openItem(page, name)
}

/** An item of this name, once it was read. */
async function ready({ held }: Visitor, name: string) {
  const find = async () =>
    (await held('GET /api/items')).find(
      (one: { name: string; state: string }) => one.name === name && one.state === 'ready',
    )
  await until(async () => (await find()) !== undefined)
  return find()
}

const text = (page: Page) => page.getByRole('group', { name: 'Words of the recording' })
const sound = (page: Page) => page.getByRole('region', { name: 'Player' }).locator('audio')
const now = (page: Page) => sound(page).evaluate((audio: HTMLAudioElement) => audio.currentTime)

async function transcribe(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Words' }).click()
  await page.getByRole('button', { name: 'Transcribe', exact: true }).click()
  await agreeTo(page, 'Turning speech into words', /To recognise the words/)
}

/** Where a word stands in the window: the words are text, not elements of their own. */
async function placeOf(words: Locator, word: string): Promise<{ x: number; y: number }> {
  return words.evaluate((root, wanted) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1
      if (at < 0 || !node.parentElement?.closest('[data-paragraph]')) continue
      node.parentElement.scrollIntoView({ block: 'center' })
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + wanted.length)
      const box = range.getBoundingClientRect()
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    }
    throw new Error(`${wanted} is not in the words`)
  }, word)
}

/** The text that is painted under a name. */
const painted = (page: Page, name: 'playing' | 'chosen') =>
  page.evaluate((name) => [...(CSS.highlights.get(name) ?? [])].map((range) => range.toString()).join(' '), name)

test('words come while they are heard; cancelled once, begun again, loaded anew in the middle', async () => {
  await using somebody = await visit(browser, site)
  const { page, held } = somebody
  await bringSpeech(page, 'Speech.flac', 50)
  await transcribe(page)
  await page.getByText('These are the words so far.').waitFor({ timeout: 60_000 })
  const job = async () =>
    (await held('GET /api/jobs')).find((one: { operation: string }) => one.operation === 'transcribe')
  expect((await job()).state).toBe('running')
  expect(await text(page).textContent()).toMatch(/ask/i)
  expect(await page.getByLabel('Where your things are').textContent()).toMatch(/transcribing 0:\d\d of 0:50/)
  await page.getByRole('button', { name: 'Cancel transcribing' }).click()
  await page.getByText('cancelled', { exact: true }).waitFor()
  expect((await job()).state).toBe('cancelled')

  await page.getByRole('button', { name: /^Transcribe/ }).click()
  await page.getByText('These are the words so far.').waitFor({ timeout: 60_000 })
  await page.reload()
  await page.getByRole('tab', { name: 'Words' }).click()
  const progress = page.getByRole('progressbar', { name: 'transcribing' })
  await progress.waitFor()
  await expect.poll(async () => Number(await progress.getAttribute('value')), { timeout: 30_000 }).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Cancel transcribing' }).waitFor()
  await page.getByRole('toolbar', { name: 'Words' }).waitFor({ timeout: 90_000 })
  expect((await job()).state).toBe('done')
  const [item] = await held('GET /api/items')
  const { segments, complete } = await held('GET /api/items/:id/transcript', { id: item.id })
  expect(complete).toBe(true)
  const heard: string = segments.map((one: { text: string }) => one.text).join(' ')
  expect(heard.match(/country/gi)?.length).toBeGreaterThan(6)
  somebody.behaved()
})

test('a word leads to its moment; corrected, undone, cut, brought back, saved, and taken away as files', async () => {
  await using somebody = await visit(browser, site)
  const { page, held } = somebody
  await bringSpeech(page, 'Address.flac', 11)
  await transcribe(page)
  await page.getByRole('toolbar', { name: 'Words' }).waitFor({ timeout: 90_000 })
  const [{ id, duration }] = await held('GET /api/items')
  const { segments } = await held('GET /api/items/:id/transcript', { id })
  const words: Word[] = segments.flatMap((one: { words: Word[] }) => one.words)
  const fellow = words.find((word) => /fellow/.test(word.text))
  const place = await placeOf(text(page), 'fellow')
  await page.mouse.click(place.x, place.y)
  await expect.poll(() => now(page)).toBeCloseTo(fellow?.start ?? -1, 2)
  expect(await painted(page, 'chosen')).toContain('fellow')
  await text(page).press(' ')
  const passed = new Set<string>()
  await expect
    .poll(async () => passed.add((await painted(page, 'playing')).trim()).size, { interval: 50, timeout: 15_000 })
    .toBeGreaterThan(3)
  await text(page).press(' ')

  // Corrected in its place; undone and done again; what is saved has it.
  const again = await placeOf(text(page), 'fellow')
  await page.mouse.dblclick(again.x, again.y)
  const field = page.getByRole('textbox', { name: 'Corrected words' })
  await field.fill('dear')
  await field.press('Enter')
  await text(page)
    .getByText(/my dear/)
    .waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await text(page)
    .getByText(/my fellow/)
    .waitFor()
  await page.getByRole('button', { name: 'Redo' }).click()
  await text(page)
    .getByText(/my dear/)
    .waitFor()
  await saved(page)
  const edit = async () => held('GET /api/items/:id/edit', { id })
  const corrected: Word[] = (await edit()).segments.flatMap((one: { words: Word[] }) => one.words)
  const dear = corrected.find((word) => /dear/.test(word.text))
  expect(dear?.start).toBeCloseTo(fellow?.start ?? -1, 2)
  await page.reload()
  await text(page)
    .getByText(/my dear/)
    .waitFor({ timeout: 30_000 })

  // A word cut, brought back, cut again.
  const so = await placeOf(text(page), 'dear')
  await page.mouse.click(so.x, so.y)
  await page.getByRole('button', { name: 'Cut', exact: true }).click()
  await expect.poll(() => text(page).locator('del').allTextContents()).toEqual([expect.stringContaining('dear')])
  await page.getByRole('button', { name: 'Bring back' }).click()
  await expect.poll(() => text(page).locator('del').count()).toBe(0)
  await text(page).press('Delete')
  await expect.poll(() => text(page).locator('del').count()).toBe(1)
  await saved(page)
  const [cut] = (await edit()).cuts as [[number, number]]
  await page.getByRole('combobox', { name: 'as', exact: true }).selectOption('wav')
  await page.getByRole('button', { name: 'Save the result' }).click()
  await page.getByText('Made:').getByRole('link', { name: 'Address, cut' }).waitFor({ timeout: 60_000 })
  const made = await ready(somebody, 'Address, cut')
  expect(made.container).toBe('wav')
  expect(made.duration).toBeCloseTo(duration - (cut[1] - cut[0]), 1)

  // Words and sound as files.
  await page.getByRole('tab', { name: 'Save to this device' }).click()
  const take = async (button: Locator) => {
    const [download] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), button.click()])
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
  }
  const files = new Map<string, string>()
  for (const format of ['txt', 'srt', 'vtt', 'json']) {
    const file = await take(page.getByRole('button', { name: format, exact: true }))
    expect(file.name).toBe(`Address.${format}`)
    files.set(format, file.bytes.toString())
    expect(file.bytes.toString()).toMatch(/ask what you can do for your country/i)
    expect(file.bytes.toString()).not.toContain('dear')
  }
  expect(files.get('srt')).toMatch(/^1\r?\n00:00:0\d,\d{3} --> /)
  expect(files.get('vtt')).toMatch(/^WEBVTT/)
  expect(JSON.parse(files.get('json') ?? '').segments.length).toBeGreaterThan(0)
  const magic = { wav: 'RIFF', mp3: /^(ID3|\xff[\xe2-\xff])/, flac: 'fLaC', opus: 'OggS', m4a: /^.{4}ftyp/s }
  for (const [format, begins] of Object.entries(magic)) {
    await page.getByRole('combobox', { name: 'Sound as' }).selectOption(format)
    const file = await take(page.getByRole('button', { name: 'Save', exact: true }))
    expect(file.name).toMatch(new RegExp(`\\.${format}$`))
    expect(file.bytes.subarray(0, 12).toString('latin1')).toMatch(begins)
  }
  const original = await take(page.getByRole('link', { name: 'As it is' }))
  expect(original.bytes.equals(Buffer.from(await speech(11)))).toBe(true)
  somebody.behaved()
})

test('a clip by seconds, by keys and by its handles; both kinds of cleaning, heard beside the original', async () => {
  await using somebody = await visit(browser, site)
  const { page, held } = somebody
  await bringSpeech(page, 'Address.flac', 11)
  const seek = (seconds: number) =>
    sound(page).evaluate(
      (audio: HTMLAudioElement, at) =>
        new Promise((done) => {
          audio.addEventListener('seeked', done, { once: true })
          audio.currentTime = at
        }).then(() => undefined),
      seconds,
    )
  await page.getByRole('heading', { level: 1 }).click()
  await seek(2)
  await page.keyboard.press('[')
  const from = page.getByRole('textbox', { name: 'From', exact: true })
  const to = page.getByRole('textbox', { name: 'To', exact: true })
  await expect.poll(() => from.inputValue()).toBe('0:02.0')
  await page.getByRole('heading', { level: 1 }).click()
  await seek(6)
  await page.keyboard.press(']')
  await expect.poll(() => to.inputValue()).toBe('0:06.0')
  await to.fill('5')
  await to.press('Enter')
  await page.getByText('0:03.0 long').waitFor()

  // The left handle is drawn along the waveform.
  const handle = page.locator('.waveform [part~="region-handle-left"]')
  const wave = (await page.locator('.waveform').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const grip = (await handle.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const y = wave.y + wave.height / 2
  await page.mouse.move(grip.x + grip.width / 2, y)
  await page.mouse.down()
  await page.mouse.move(wave.x + (wave.width * 3) / 11, y, { steps: 8 })
  await page.mouse.up()
  await expect.poll(() => from.inputValue()).toMatch(/^0:0(2\.9|3\.[01])$/)
  await page.getByRole('button', { name: 'Make clip' }).click()
  await page.getByText('Made:').getByRole('link', { name: 'Address, clip' }).waitFor({ timeout: 60_000 })
  const clip = await ready(somebody, 'Address, clip')
  expect(clip.duration).toBeGreaterThan(1.7)
  expect(clip.duration).toBeLessThan(2.4)
  expect(clip.made_from).toMatchObject({ operation: 'clip', name: 'Address.flac' })

  await page.getByRole('tab', { name: 'Clean' }).click()
  const clean = page.getByRole('tabpanel', { name: 'Clean' })
  await clean.getByRole('button', { name: 'Clean' }).click()
  await agreeTo(page, 'Cleaning sound', /noise/)
  const compared = clean.getByRole('region', { name: 'Before and after' })
  await compared.waitFor({ timeout: 90_000 })
  const slider = compared.getByRole('slider', { name: 'Before and after' })
  await compared.getByRole('button', { name: 'Play' }).click()
  await played(compared.locator('audio').first(), 0.3)
  await slider.fill('100')
  await played(compared.locator('audio').last(), 0.6)
  await compared.getByRole('button', { name: 'Pause' }).click()
  await clean.getByRole('radio', { name: 'Full band' }).check()
  await clean.getByRole('slider', { name: 'Strength' }).fill('50')
  await clean.getByRole('button', { name: 'Clean' }).click()
  await until(
    async () =>
      (await held('GET /api/items')).filter(
        (one: { made_from: { operation: string } | null; state: string }) =>
          one.made_from?.operation === 'denoise' && one.state === 'ready',
      ).length === 2,
    90_000,
  )

  // What was made of it is found from it, and it from what was made.
  await page.getByRole('tab', { name: 'About this recording' }).click()
  const facts = page.getByRole('tabpanel', { name: 'About this recording' })
  await expect.poll(() => facts.getByRole('listitem').count()).toBe(3)
  await facts.getByRole('link', { name: 'Address, clip' }).click()
  await page.getByRole('heading', { level: 1, name: 'Address, clip' }).waitFor()
  await page.getByText('clipped from').first().getByRole('link', { name: 'Address.flac' }).click()
  await page.getByRole('heading', { level: 1, name: 'Address.flac' }).waitFor()
  somebody.behaved()
})
