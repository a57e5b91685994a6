/** Bringing recordings in, and the library they stand in. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { goodFile } from '@sotto/media/testing/files'
import { testSound, written } from '@sotto/media/testing/sound'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { begin, bringIn, openItem, row } from './acts.ts'
import { openBrowser } from './browser.ts'
import { openSite, type Site } from './site.ts'
import { visit } from './visitor.ts'

let directory: string
let browser: Browser
let site: Site
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sotto-files-'))
  ;[browser, site] = await Promise.all([openBrowser(), openSite()])
})
afterAll(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
  await rm(directory, { recursive: true })
})

/** Lets files from the desktop go over the drop zone, as the browser gets it from the system. */
async function dropOn(page: Page, files: string[]): Promise<void> {
  const box = await page.getByRole('region', { name: 'Drop sound or video here' }).boundingBox()
  const devtools = await page.context().newCDPSession(page)
  const at = { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + 30 }
  const data = { items: [], files, dragOperationsMask: 1 }
  await devtools.send('Input.dispatchDragEvent', { type: 'dragEnter', ...at, data })
  await devtools.send('Input.dispatchDragEvent', { type: 'dragOver', ...at, data })
  await page.getByText('Let go to bring it in').waitFor()
  await devtools.send('Input.dispatchDragEvent', { type: 'drop', ...at, data })
}

test('several at once by the picker and by letting go; what cannot be read says so; found, renamed, erased', async () => {
  await using somebody = await visit(browser, site)
  const { page, held } = somebody
  await begin(page)
  await bringIn(page, [
    { name: 'Morning walk.wav', mimeType: 'audio/wav', bytes: goodFile('wav') },
    { name: 'Interview.opus', mimeType: 'audio/ogg', bytes: goodFile('opus') },
    { name: 'Not sound.mp3', mimeType: 'audio/mpeg', bytes: Buffer.from('These are words and no sound.\n'.repeat(40)) },
    { name: 'Nothing.wav', mimeType: 'audio/wav', bytes: new Uint8Array(0) },
  ])
  const coming = page.getByRole('region', { name: 'Coming in' })
  await coming.getByText('the file is empty').waitFor()
  await coming.getByRole('button', { name: 'Remove Nothing.wav from this list' }).click()
  await row(page, 'Morning walk.wav').getByText('0:02').waitFor({ timeout: 60_000 })
  await row(page, 'Interview.opus').getByText('0:02').waitFor({ timeout: 60_000 })
  await row(page, 'Not sound.mp3').getByText('this file cannot be read as sound or video').waitFor({ timeout: 60_000 })
  await coming.waitFor({ state: 'detached' })
  await page.getByText('3 recordings').waitFor()

  await Promise.all(
    (['flac', 'm4a'] as const).map((kind) => writeFile(join(directory, `Dropped.${kind}`), goodFile(kind))),
  )
  await dropOn(page, [join(directory, 'Dropped.flac'), join(directory, 'Dropped.m4a')])
  await row(page, 'Dropped.flac').getByText('0:02').waitFor({ timeout: 60_000 })
  await row(page, 'Dropped.m4a').getByText('0:02').waitFor({ timeout: 60_000 })
  await page.getByText('5 recordings').waitFor()

  await page.getByRole('link', { name: 'Not sound.mp3' }).click()
  const alert = page.getByRole('alert')
  expect(await alert.textContent()).toContain('This file could not be read. this file cannot be read as sound or video')
  await page.getByRole('link', { name: 'Sotto, Studio' }).click()

  const search = page.getByRole('searchbox', { name: 'Search by name' })
  await search.fill('DROPPED')
  const names = () => page.getByRole('region', { name: 'Recordings' }).getByRole('link').allTextContents()
  await expect.poll(async () => (await names()).sort()).toEqual(['Dropped.flac', 'Dropped.m4a'])
  await search.fill('zebra')
  await page.getByText('No name contains “zebra”.').waitFor()
  await search.fill('')

  await page.getByRole('button', { name: 'Rename Interview.opus' }).click()
  const renaming = page.getByRole('dialog', { name: 'Rename' })
  await renaming.getByRole('textbox', { name: 'Name' }).fill('Interview with Mei 采访')
  await renaming.getByRole('button', { name: 'Save' }).click()
  await row(page, 'Interview with Mei 采访').waitFor()

  await page.getByRole('button', { name: 'Erase Not sound.mp3' }).click()
  const sure = page.getByRole('alertdialog', { name: 'Erase Not sound.mp3 for good?' })
  await sure.getByRole('button', { name: 'Erase for good' }).click()
  const erased = page.getByRole('alertdialog', { name: 'Erased' })
  await erased.getByText('The key of this recording is destroyed.').waitFor()
  await erased.getByRole('button', { name: 'Done' }).click()
  await page.getByText('4 recordings').waitFor()
  const items: { name: string }[] = await held('GET /api/items')
  expect(items.map(({ name }) => name).sort()).toEqual([
    'Dropped.flac',
    'Dropped.m4a',
    'Interview with Mei 采访',
    'Morning walk.wav',
  ])
  somebody.behaved()
})

test('a long file shows how far it is, waits when it is told to, and goes on', async () => {
  await using somebody = await visit(browser, site)
  const { page, context, held } = somebody
  await begin(page)
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  const speed = (uploadThroughput: number) =>
    devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    })
  await speed(1_500_000)
  const bytes = written(testSound(48_000, 60, 2), { format: 'wav' })
  await bringIn(page, [{ name: 'Long.wav', mimeType: 'audio/wav', bytes }])
  const coming = page.getByRole('region', { name: 'Coming in' })
  const progress = coming.getByRole('progressbar', { name: 'Long.wav' })
  await expect.poll(async () => Number(await progress.getAttribute('value')), { interval: 50 }).toBeGreaterThan(100_000)
  await page
    .getByLabel('Where your things are')
    .getByText(/taking in \d+%/)
    .waitFor()
  await coming.getByRole('button', { name: 'Pause Long.wav' }).click()
  await coming.getByText(/^paused at/).waitFor()
  await speed(-1)
  await coming.getByRole('button', { name: 'Go on with Long.wav' }).click()
  await row(page, 'Long.wav').getByText('1:00').waitFor({ timeout: 60_000 })
  const [item] = await held('GET /api/items')
  expect(item).toMatchObject({ name: 'Long.wav', bytes: bytes.length, state: 'ready' })
  somebody.behaved()
})

test('the sound of a video becomes a recording of its own that knows where it comes from', async () => {
  await using somebody = await visit(browser, site)
  const { page, held } = somebody
  await begin(page)
  await bringIn(page, [{ name: 'Holiday.mp4', mimeType: 'video/mp4', bytes: goodFile('mp4') }])
  await row(page, 'Holiday.mp4').getByText('0:02').waitFor({ timeout: 60_000 })
  await openItem(page, 'Holiday.mp4')
  await page.getByLabel('Video', { exact: true }).waitFor()
  await page.getByRole('tab', { name: 'Sound of the video' }).click()
  await page.getByRole('button', { name: 'Extract sound' }).click()
  await page.getByText('Made:').getByRole('link').click()
  await page.getByText('sound of').getByRole('link', { name: 'Holiday.mp4' }).waitFor()
  await page.getByRole('tab', { name: 'About this recording' }).click()
  await page.getByRole('link', { name: 'Holiday.mp4' }).first().click()
  await page.getByRole('tab', { name: 'About this recording' }).click()
  await page.getByText('made into').waitFor()
  const [sound, video] = await held('GET /api/items')
  expect(sound).toMatchObject({ media: 'sound', made_from: { item: video.id, operation: 'extract' } })
  expect(sound.streams.map(({ type }: { type: string }) => type)).toEqual(['audio'])
  somebody.behaved()
})
