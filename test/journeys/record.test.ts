/** Recording with a microphone that plays a known sound. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testSound, written } from '@sotto/media/testing/sound'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agreeTo, begin } from './acts.ts'
import { openBrowser } from './browser.ts'
import { openSite, type Site } from './site.ts'
import { visit } from './visitor.ts'

let directory: string
let browser: Browser
let site: Site
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sotto-microphone-'))
  const sound = join(directory, 'microphone.wav')
  await writeFile(sound, written(testSound(48_000, 2), { format: 'wav' }))
  ;[browser, site] = await Promise.all([openBrowser(sound), openSite()])
})
afterAll(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
  await rm(directory, { recursive: true })
})

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Record', exact: true })

/** Seconds that the dialogue says are kept. */
async function kept(page: Page): Promise<number> {
  const text =
    (await dialog(page)
      .getByText(/^kept up to/)
      .textContent({ timeout: 15_000 })) ?? ''
  const [minutes = 0, seconds = 0] = text.replace('kept up to ', '').split(':').map(Number)
  return minutes * 60 + seconds
}

async function keptAtLeast(page: Page, seconds: number): Promise<number> {
  await expect.poll(() => kept(page), { timeout: 15_000, interval: 100 }).toBeGreaterThanOrEqual(seconds)
  return kept(page)
}

const level = async (page: Page) =>
  Number(await dialog(page).getByRole('meter', { name: 'Level' }).getAttribute('aria-valuenow'))

test('asked with its purpose, metered, paused, interrupted by a reload, gone on with, saved (C44)', async () => {
  await using somebody = await visit(browser, site)
  const { page, context, held } = somebody
  // Counts the presses that reach the microphone.
  await context.addInitScript(() => {
    const devices = navigator.mediaDevices
    const ask = devices.getUserMedia.bind(devices)
    Object.assign(window, { asked: 0 })
    devices.getUserMedia = (constraints) => {
      Object.assign(window, { asked: (window as unknown as { asked: number }).asked + 1 })
      return ask(constraints)
    }
  })
  const asked = () => page.evaluate(() => (window as unknown as { asked: number }).asked)
  await begin(page)
  await page.getByRole('button', { name: 'Record' }).click()
  await page.getByRole('dialog', { name: 'Microphone' }).getByText('It uses:').waitFor()
  expect(await asked()).toBe(0)
  await agreeTo(page, 'Microphone', /To record what your microphone hears, from the moment you press record/)

  await dialog(page).getByText('The microphone is used for this recording only').waitFor()
  await dialog(page).getByText('Recording', { exact: true }).waitFor()
  expect(await asked()).toBe(1)
  const levels = new Set<number>()
  await expect
    .poll(async () => levels.add(await level(page)).size, { timeout: 15_000, interval: 50 })
    .toBeGreaterThan(5)
  expect(Math.max(...levels)).toBeGreaterThan(20)
  expect(await page.getByLabel('Where your things are').textContent()).toContain('recording 0:0')

  await keptAtLeast(page, 1)
  await dialog(page).getByRole('button', { name: 'Pause' }).click()
  await dialog(page).getByText('Paused', { exact: true }).waitFor()
  await expect.poll(() => level(page)).toBe(0)
  const timer = dialog(page).getByRole('timer')
  const paused = await timer.textContent()
  await dialog(page).getByRole('button', { name: 'Go on' }).click()
  await dialog(page).getByText('Recording', { exact: true }).waitFor()
  await expect.poll(() => timer.textContent()).not.toBe(paused)
  const before = await keptAtLeast(page, 3)

  // The tab is loaded anew in the middle: what was said to be kept is kept.
  page.on('dialog', (warning) => warning.accept())
  await page.reload()
  const offer = page.getByRole('region', { name: 'A recording was interrupted' })
  await offer.waitFor()
  expect(await held('GET /api/items')).toEqual([])
  await offer.getByRole('button', { name: 'Go on recording' }).click()
  await dialog(page).getByText('Recording', { exact: true }).waitFor()
  expect(await kept(page)).toBeGreaterThanOrEqual(before)
  const whole = await keptAtLeast(page, before + 2)
  await dialog(page).getByRole('button', { name: 'Stop and keep' }).click()

  await page.getByRole('heading', { level: 1, name: /^Recording / }).waitFor()
  await page.getByRole('tablist', { name: 'Tools' }).waitFor({ timeout: 60_000 })
  const [item] = await held('GET /api/items')
  expect(item).toMatchObject({ state: 'ready', origin: 'recorded', media: 'sound' })
  expect(item.duration).toBeGreaterThan(whole - 0.3)
  expect(item.duration).toBeLessThan(whole + 3)
  // On the device nothing is left of it.
  const left = () =>
    page.evaluate(async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('recordings')
      const names: string[] = []
      for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) names.push(name)
      return names
    })
  await expect.poll(left).toEqual([])
  somebody.behaved()
})

test('a recording that is discarded reaches nobody, and a microphone that is refused is said to be', async () => {
  await using somebody = await visit(browser, site)
  const { page, held } = somebody
  await begin(page)
  await page.getByRole('button', { name: 'Record' }).click()
  await page.getByRole('dialog', { name: 'Microphone' }).getByRole('button', { name: 'Not now' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect((await held('GET /api/consents')).find((one: { setting: string }) => one.setting === 'microphone').on).toBe(
    false,
  )
  await page.getByRole('button', { name: 'Record' }).click()
  await agreeTo(page, 'Microphone', /from the moment you press record/)
  await keptAtLeast(page, 0.5)
  await dialog(page).getByRole('button', { name: 'Discard' }).click()
  await dialog(page).waitFor({ state: 'detached' })
  expect(await held('GET /api/items')).toEqual([])
  await page.reload()
  await page.getByRole('heading', { name: 'Recordings' }).waitFor()
  expect(await page.getByRole('region', { name: 'A recording was interrupted' }).count()).toBe(0)
  somebody.behaved()
})
