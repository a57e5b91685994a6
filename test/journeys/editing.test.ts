/** Mixing a background under a voice, and editing by text beyond the cut: find, move, versions, tidying. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agreeTo, begin, bringIn, openItem, row, saved, until } from './acts.ts'
import { artefact } from './artefacts.ts'
import { openBrowser } from './browser.ts'
import { played } from './hearing.ts'
import { openSite, type Site } from './site.ts'
import { speech } from './speech.ts'
import { visit } from './visitor.ts'

let browser: Browser
let site: Site
beforeAll(async () => {
  ;[browser, site] = await Promise.all([openBrowser(), openSite()])
})
afterAll(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
})

const text = (page: Page) => page.getByRole('group', { name: 'Words of the recording' })

async function bringSpeech(page: Page): Promise<void> {
  await begin(page)
  await bringIn(page, [{ name: 'Address.flac', mimeType: 'audio/flac', bytes: await speech(11) }])
  await row(page, 'Address.flac').getByText('0:11').waitFor({ timeout: 60_000 })
  await openItem(page, 'Address.flac')
}

/** Chooses words by keys: the first is word `at`, counted from 0. */
async function choose(page: Page, at: number, count: number): Promise<void> {
  await text(page).focus()
  await text(page).press('Home')
  for (let i = 0; i < at; i++) await text(page).press('ArrowRight')
  for (let i = 1; i < count; i++) await text(page).press('Shift+ArrowRight')
}

test('rain under a voice: a stretch to listen to, then the whole, with figures before and after', async () => {
  await using somebody = await visit(browser, site)
  const { page, held } = somebody
  await bringSpeech(page)
  await page.getByRole('tab', { name: 'Background' }).click()
  const panel = page.getByRole('tabpanel', { name: 'Background' })
  await panel.getByRole('combobox', { name: 'Background sound' }).selectOption({ label: 'Rain' })
  await panel.getByRole('slider', { name: 'Down under speech by' }).fill('12')
  await panel.getByText('12 dB').waitFor()
  await panel.getByText('Fades, ducking, loop').click()
  await panel.getByRole('slider', { name: 'Fade out' }).fill('2')
  await panel.getByRole('button', { name: 'Listen to 15 seconds' }).click()
  const stretch = panel.getByLabel('Stretch of the mix')
  await stretch.waitFor({ timeout: 60_000 })
  // Under load the press on the button is too long ago for the page to begin by itself.
  if (await stretch.evaluate((audio: HTMLAudioElement) => audio.paused)) await stretch.press(' ')
  await played(stretch, 0.3)
  await panel.getByRole('button', { name: 'Mix', exact: true }).click()
  await panel.getByText('Made:').getByRole('link', { name: 'Address, mixed' }).waitFor({ timeout: 60_000 })
  const figures = panel.getByRole('table', { name: 'Loudness before and after' })
  await figures.getByRole('row', { name: /^After -1[56](\.\d)? LUFS/ }).waitFor()
  await page.screenshot({ path: artefact('mix panel'), fullPage: true })
  await until(async () =>
    (await held('GET /api/items')).some(
      (one: { name: string; duration: number | null }) =>
        one.name === 'Address, mixed' && Math.abs((one.duration ?? 0) - 11) < 0.1,
    ),
  )
  somebody.behaved()
})

test('found and replaced, moved and undone, kept as a version, tidied up; and the result is in that order', async () => {
  await using somebody = await visit(browser, site)
  const { page, held } = somebody
  await bringSpeech(page)
  await page.getByRole('tab', { name: 'Words' }).click()
  await page.getByRole('button', { name: 'Transcribe', exact: true }).click()
  await agreeTo(page, 'Turning speech into words', /To recognise the words/)
  await page.getByRole('toolbar', { name: 'Words' }).waitFor({ timeout: 90_000 })
  const before = (await text(page).textContent()) ?? ''
  expect(before).toMatch(/country.*country/s)

  await page.getByRole('button', { name: 'Find and replace' }).click()
  await page.getByRole('textbox', { name: 'Find', exact: true }).fill('COUNTRY')
  await page.getByText('2 places', { exact: true }).waitFor()
  await page.getByRole('textbox', { name: 'Replace with' }).fill('village')
  await page.getByRole('button', { name: 'Replace all' }).click()
  await expect.poll(() => text(page).textContent()).toMatch(/village.*village/s)
  await text(page).press('Control+z')
  await expect.poll(() => text(page).textContent()).toBe(before)
  await page.getByRole('button', { name: 'Find and replace' }).click()

  // The first three words to the end, by buttons; back by undo; again by keys.
  await choose(page, 0, 3)
  await page.getByRole('button', { name: 'Move', exact: true }).click()
  await page.getByText('3 words are taken.', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'Put at the end' }).click()
  await page.getByText('Passages are in another order than they were recorded in.').waitFor()
  const moved = (await text(page).textContent()) ?? ''
  expect(moved.length).toBeGreaterThanOrEqual(before.length)
  expect(moved.slice(0, 20)).not.toBe(before.slice(0, 20))
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => text(page).textContent()).toBe(before)
  await choose(page, 0, 2)
  await text(page).press('Control+x')
  await choose(page, 4, 1)
  await text(page).press('Control+v')
  await page.getByRole('button', { name: 'Back to the recorded order' }).waitFor()
  await saved(page)
  const [{ id, duration }] = await held('GET /api/items')
  expect((await held('GET /api/items/:id/edit', { id })).order.length).toBeGreaterThan(1)

  await page.getByRole('button', { name: 'Versions', exact: true }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Moved')
  await page.getByRole('button', { name: 'Keep this version' }).click()
  await page.getByRole('button', { name: 'Go back to Moved' }).waitFor()
  await page.getByRole('button', { name: 'Back to the recorded order' }).click()
  await expect.poll(() => text(page).textContent()).toBe(before)
  await page.getByRole('button', { name: 'Go back to Moved' }).click()
  await page.getByRole('button', { name: 'Back to the recorded order' }).waitFor()

  await page.getByRole('button', { name: 'Tidy up' }).click()
  const tidy = page.getByRole('region', { name: 'Tidy up' })
  await tidy.getByRole('checkbox', { name: /^Long pauses/ }).waitFor()
  await tidy.getByRole('spinbutton', { name: 'longer than' }).fill('0.5')
  await tidy.getByRole('spinbutton', { name: 'shortened to' }).fill('0.2')
  await tidy.getByRole('button', { name: /^Cut [1-9]\d* places?$/ }).waitFor()
  await tidy.getByText('What would go').click()
  await page.screenshot({ path: artefact('words tidy'), fullPage: true })
  await tidy.getByRole('button', { name: /^Cut [1-9]/ }).click()
  await saved(page)
  const edit = await held('GET /api/items/:id/edit', { id })
  const gone = edit.cuts.reduce((sum: number, [start, end]: [number, number]) => sum + end - start, 0)
  expect(gone).toBeGreaterThan(0.3)
  await page.getByRole('button', { name: 'Save the result' }).click()
  await page.getByText('Made:').getByRole('link', { name: 'Address, cut' }).waitFor({ timeout: 60_000 })
  await until(async () =>
    (await held('GET /api/items')).some(
      (one: { name: string; duration: number | null }) =>
        one.name === 'Address, cut' && Math.abs((one.duration ?? 0) - (duration - gone)) < 0.05,
    ),
  )
  somebody.behaved()
})

test('split in two where the player stands, and joined again; the waveform as a picture', async () => {
  await using somebody = await visit(browser, site)
  const { page, held } = somebody
  await bringSpeech(page)
  await page.getByRole('tab', { name: 'Split and join' }).click()
  await page.getByRole('button', { name: 'Split here' }).click()
  await page.getByText('Go to where it is to be split first.').waitFor()
  const player = page.getByRole('region', { name: 'Player' })
  await player.locator('audio').evaluate((audio: HTMLAudioElement) => {
    audio.currentTime = 4
  })
  await page.getByRole('button', { name: 'Split here' }).click()
  const lengths = async () =>
    Object.fromEntries(
      (await held('GET /api/items')).map((one: { name: string; duration: number | null }) => [one.name, one.duration]),
    )
  await until(async () => Math.abs(((await lengths())['Address, part 2'] ?? 0) - 7) < 0.1, 60_000)
  expect((await lengths())['Address, part 1']).toBeCloseTo(4, 1)
  const join = page.getByRole('region', { name: 'Join' })
  await join.getByRole('combobox', { name: 'With' }).selectOption({ label: 'Address, part 1' })
  await join.getByRole('button', { name: 'Join' }).click()
  await until(async () => Math.abs(((await lengths())['Address and Address, part 1'] ?? 0) - 15) < 0.1, 60_000)
  await page.screenshot({ path: artefact('split and join'), fullPage: true })
  await page.getByRole('tab', { name: 'Save to this device' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Waveform as a picture' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('Address.png')
  somebody.behaved()
})

test('on a phone, dark, in Chinese', async () => {
  await using somebody = await visit(browser, site, { phone: true, dark: true, locale: 'zh-CN' })
  const { page } = somebody
  await page.goto('/')
  await page.getByRole('button', { name: '同意并以访客开始' }).click()
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: '选择文件' }).click(),
  ])
  await chooser.setFiles([{ name: '讲话.flac', mimeType: 'audio/flac', buffer: Buffer.from(await speech(4)) }])
  await page.getByRole('link', { name: '讲话.flac', exact: true }).first().click()
  await page.getByRole('tab', { name: '背景声' }).click({ timeout: 60_000 })
  await page.getByRole('button', { name: '混音', exact: true }).waitFor()
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(wide).toBeLessThanOrEqual(0)
  await page.screenshot({ path: artefact('mix panel phone zh'), fullPage: true })
  somebody.behaved()
})
