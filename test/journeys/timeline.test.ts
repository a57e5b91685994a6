/** The timeline: voice, background and effect on tracks, by keys and by pointer; heard; saved; and what was saved. */
import { decodeAll, memorySource, type Pcm } from '@sotto/media'
import { testSound, written } from '@sotto/media/testing/sound'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agreeTo, begin, bringIn, openItem, until } from './acts.ts'
import { artefact } from './artefacts.ts'
import { openBrowser } from './browser.ts'
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

const tracks = (page: Page) => page.getByRole('group', { name: 'Tracks' })
const clips = (page: Page, track: string) =>
  tracks(page).getByRole('region', { name: track, exact: true }).locator('[data-place]')
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
/** Waits until the page says that everything is kept. */
const kept = (page: Page) => page.getByRole('toolbar').getByText('saved', { exact: true }).waitFor()

async function add(page: Page, sound: string, track: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a sound' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a sound' })
  await dialog.getByRole('combobox', { name: 'Sound' }).selectOption({ label: sound })
  await dialog.getByRole('combobox', { name: 'On track' }).selectOption({ label: track })
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** Root mean square of a stretch, all channels. */
function level(sound: Pcm, from: number, to: number): number {
  let [sum, count] = [0, 0]
  for (const channel of sound.channels)
    for (const value of channel.subarray(Math.round(from * sound.rate), Math.round(to * sound.rate))) {
      sum += value * value
      count += 1
    }
  return Math.sqrt(sum / Math.max(1, count))
}

test('voice, background and effect: split at a word, moved by keys and pointer, undone, heard, saved', async () => {
  await using somebody = await visit(browser, site)
  const { page, held, context } = somebody
  await begin(page)
  await bringIn(page, [
    { name: 'Address.flac', mimeType: 'audio/flac', bytes: await speech(11) },
    {
      name: 'Door.flac',
      mimeType: 'audio/flac',
      bytes: written(testSound(44_100, 1.5, 1, 4), { format: 'flac', sample: 's16' }),
    },
  ])
  await openItem(page, 'Address.flac')
  await page.getByRole('tab', { name: 'Words' }).click()
  await page.getByRole('button', { name: 'Transcribe', exact: true }).click()
  await agreeTo(page, 'Turning speech into words', /To recognise the words/)
  await page.getByRole('toolbar', { name: 'Words' }).waitFor({ timeout: 90_000 })
  await page.getByRole('link', { name: 'Timeline', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Timeline of Address.flac' }).waitFor()
  await clips(page, 'Voice').first().waitFor()
  const id = new URL(page.url()).pathname.split('/')[2] ?? ''
  const timeline = () => held('GET /api/items/:id/timeline', { id })
  const words = (await held('GET /api/items/:id/transcript', { id })).segments.flatMap(
    (segment: { words: { start: number }[] }) => segment.words,
  ) as { start: number; end: number }[]

  // Keys alone: to a word, split there, the second part half a second later, undone, and half a second later again.
  await clips(page, 'Voice').first().focus()
  await press(page, 'Home', ...Array.from({ length: 9 }, () => 'Control+ArrowRight'), 's')
  await expect.poll(() => clips(page, 'Voice').count()).toBe(2)
  await kept(page)
  const split = (await timeline()).tracks[0].clips
  expect(words.flatMap(({ start, end }) => [start, end]).some((time) => Math.abs(time - split[1].from) < 1e-3)).toBe(
    true,
  )
  expect(split[1].at).toBeCloseTo(split[0].to, 6)
  await press(page, '.', '.', '.', '.', '.')
  await press(page, ...Array.from({ length: 5 }, () => 'Control+z'))
  await kept(page)
  expect((await timeline()).tracks[0].clips).toEqual(split)
  await press(page, ...Array.from({ length: 5 }, () => 'Control+Shift+z'))
  await kept(page)
  expect((await timeline()).tracks[0].clips[1].at).toBeCloseTo(split[1].at + 0.5, 6)

  // The rest with dialogue, fields and pointer.
  await press(page, 'Home')
  await add(page, 'Rain', 'New track: Background')
  await add(page, 'Door.flac', 'New track: Effects')
  await kept(page)
  const gain = page.getByRole('group', { name: 'Clip: Door.flac' }).getByRole('spinbutton', { name: /^Gain/ })
  await gain.fill('-6')
  await gain.press('Enter')
  const door = clips(page, 'Effects').first()
  const box = await door.boundingBox()
  if (!box) throw new Error('the clip is nowhere')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2 + 300, box.y + box.height / 2, { steps: 6 })
  await page.mouse.up()
  await kept(page)
  const made = await timeline()
  expect(made.tracks.map(({ role }: { role: string }) => role)).toEqual(['voice', 'background', 'effects'])
  const [effect] = made.tracks[2].clips
  expect(effect).toMatchObject({ gain: -6, source: 1 })
  expect(effect.at).toBeGreaterThan(1)
  expect(made.tracks[1].clips[0]).toMatchObject({ source: 'rain', fadeIn: 1, fadeOut: 3 })
  await press(page, '?')
  await page.getByRole('dialog', { name: 'Keys of the timeline' }).waitFor()
  await page.screenshot({ path: artefact('timeline keys') })
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  await page.screenshot({ path: artefact('timeline desktop') })

  // Heard: the playhead goes, over the end of the first stretch and on into the next.
  await tracks(page).focus()
  await press(page, 'Home', ' ')
  const position = page.getByRole('slider', { name: 'Playhead' })
  await expect.poll(() => position.inputValue().then(Number), { timeout: 60_000 }).toBeGreaterThan(5)
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor()

  const save = page.getByRole('region', { name: 'Save as a new recording' })
  await save.getByRole('textbox', { name: 'Name' }).fill('Show')
  await save.getByRole('button', { name: 'Save', exact: true }).click()
  await save.getByText('Made:').getByRole('link', { name: 'Show' }).waitFor({ timeout: 60_000 })
  const items = (await held('GET /api/items')) as { id: string; name: string; state: string }[]
  const show = items.find(({ name }) => name === 'Show')
  const answer = await context.request.get(`/api/items/${show?.id}/media`)
  const sound = await decodeAll(memorySource(new Uint8Array(await answer.body())))
  const end = Math.max(...made.tracks.flatMap((track: { clips: { at: number; to: number; from: number }[] }) => track.clips.map((clip) => clip.at + clip.to - clip.from))) // biome-ignore format: one line
  expect((sound.channels[0]?.length ?? 0) / sound.rate).toBeCloseTo(end, 2)
  expect(sound.channels).toHaveLength(2)
  // The door is where it was put, the rain alone where nobody speaks, and nothing is silent.
  const quiet = level(sound, split[1].at + 0.05, split[1].at + 0.45)
  expect(quiet).toBeGreaterThan(1e-4)
  expect(level(sound, effect.at + 0.1, effect.at + 1.4)).toBeGreaterThan(3 * quiet)
  somebody.behaved()
})

test('on a phone, dark, in Chinese: nothing is wider than the window; a track is muted by its button', async () => {
  await using somebody = await visit(browser, site, { phone: true, dark: true, locale: 'zh-CN' })
  const { page, held } = somebody
  await page.goto('/')
  await page.getByRole('button', { name: '同意并以访客开始' }).click()
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: '选择文件' }).click(),
  ])
  await chooser.setFiles([{ name: '讲话.flac', mimeType: 'audio/flac', buffer: Buffer.from(await speech(6)) }])
  await page.getByRole('link', { name: '讲话.flac', exact: true }).first().click()
  await page.getByRole('link', { name: '时间线', exact: true }).click({ timeout: 60_000 })
  await page.locator('[data-place]').first().waitFor()
  await page.getByRole('button', { name: '添加声音' }).click()
  await page.getByRole('dialog').getByRole('combobox', { name: '声音' }).selectOption({ label: '雨声' })
  await page.getByRole('dialog').getByRole('button', { name: '添加', exact: true }).click()
  await page.getByRole('button', { name: '将背景静音' }).click()
  const id = new URL(page.url()).pathname.split('/')[2] ?? ''
  await until(async () => (await held('GET /api/items/:id/timeline', { id })).tracks[1]?.muted === true)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(wide).toBeLessThanOrEqual(0)
  await page.screenshot({ path: artefact('timeline phone zh'), fullPage: true })
  somebody.behaved()
})
