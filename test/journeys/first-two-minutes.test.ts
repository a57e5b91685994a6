/** The first two minutes of somebody new, on a machine four times slower than this one. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agreeTo, saved } from './acts.ts'
import { openBrowser } from './browser.ts'
import { heardFrom, played } from './hearing.ts'
import { openSite, type Site } from './site.ts'
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

/** Moves the slider of a comparison all the way and hears it on both sides. */
async function compare(page: Page, name: string): Promise<void> {
  const region = page.getByRole('region', { name, exact: true }).last()
  const slider = region.getByRole('slider', { name: 'Before and after' })
  expect(await slider.getAttribute('aria-valuetext')).toBe('0% after')
  await region.getByRole('button', { name: 'Play' }).click()
  const sounds = region.locator('audio')
  await played(sounds.first(), 0.5)
  await slider.focus()
  await page.keyboard.press('End')
  await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('100% after')
  await played(sounds.last(), 1)
  await region.getByRole('button', { name: 'Pause' }).click()
}

test('open, listen, agree, clean, read, cut by a sentence, hear it, save it, erase it, read what was destroyed', async () => {
  await using somebody = await visit(browser, site, { slowed: 4 })
  const { page, context, held } = somebody
  const began = Date.now()
  const ledger = site.serving.studio.ledger.head.size
  await page.goto('/')
  const notice = page.getByRole('complementary', { name: 'Before anything of yours is kept' })
  await notice.getByText('Nobody else receives anything.').waitFor()
  await page.getByRole('region', { name: 'Drop sound or video here' }).waitFor()
  await page.getByRole('button', { name: 'Record' }).waitFor()
  await compare(page, 'Hear what it does')
  // Shown, read and listened to: nothing about anybody was written (C4, C6).
  expect(await context.cookies()).toEqual([])
  expect(await site.keyrings()).toEqual([])
  expect(site.serving.studio.ledger.head.size).toBe(ledger)

  // Both answers are in the window without scrolling.
  for (const name of ['Agree and begin as guest', 'Not now']) {
    const box = await notice.getByRole('button', { name }).boundingBox()
    expect((box?.y ?? 9999) + (box?.height ?? 0), name).toBeLessThanOrEqual(800)
  }
  await notice.getByRole('button', { name: 'Agree and begin as guest' }).click()
  await page.getByRole('heading', { name: 'Recordings' }).waitFor()
  expect(await site.keyrings()).toHaveLength(1)
  await page.getByRole('button', { name: 'Try the sample' }).click()
  await page.getByRole('heading', { level: 1, name: 'A noisy recording' }).waitFor()

  await page.getByRole('button', { name: 'Clean', exact: true }).click({ timeout: 60_000 })
  await agreeTo(page, 'Cleaning sound', /noise/)
  await page.getByRole('heading', { name: 'Before and after' }).waitFor({ timeout: 90_000 })
  await compare(page, 'Before and after')

  await page.getByRole('tab', { name: 'Words' }).click()
  await page.getByRole('button', { name: 'Transcribe', exact: true }).click()
  await agreeTo(page, 'Turning speech into words', /To recognise the words/)
  const words = page.getByRole('group', { name: 'Words of the recording' })
  await words
    .getByText(/printing/i)
    .first()
    .waitFor({ timeout: 90_000 })
  await page.getByRole('toolbar', { name: 'Words' }).waitFor({ timeout: 90_000 })

  // The second sentence goes.
  const original = (await held('GET /api/items')).find(({ origin }: { origin: string }) => origin === 'sample')
  await words.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Delete')
  const gone = await words.locator('del').allTextContents()
  expect(gone.join(' ').split(' ').length).toBeGreaterThan(3)
  const result = page.getByRole('region', { name: 'Save the result' })
  await result.getByText(/stays$/).waitFor()
  await saved(page)
  const { cuts } = await held('GET /api/items/:id/edit', { id: original.id })
  expect(cuts).toHaveLength(1)
  const [cut] = cuts as [[number, number]]

  // The joined result is heard: over the join nothing of the sentence.
  const player = page.getByRole('region', { name: 'Player' })
  const sound = player.locator('audio')
  await sound.evaluate(
    (audio: HTMLAudioElement, at) => {
      audio.currentTime = at
    },
    Math.max(0, cut[0] - 1),
  )
  const hear = await heardFrom(sound)
  await player.getByRole('button', { name: 'Play' }).click()
  await played(sound, cut[1] + 0.3)
  await player.getByRole('button', { name: 'Pause' }).click()
  const moments = await hear()
  expect(moments.length).toBeGreaterThan(5)
  expect(moments.filter((at) => at > cut[0] + 0.25 && at < cut[1] - 0.05)).toEqual([])

  await result.getByRole('button', { name: 'Save the result' }).click()
  await page.getByText('Made:').getByRole('link', { name: 'A noisy recording, cut' }).click({ timeout: 60_000 })
  await page.getByRole('heading', { level: 1, name: 'A noisy recording, cut' }).waitFor()
  await page.getByRole('tablist', { name: 'Tools' }).waitFor({ timeout: 60_000 })
  const made = (await held('GET /api/items')).find(({ name }: { name: string }) => name === 'A noisy recording, cut')
  expect(made.duration).toBeCloseTo(original.duration - (cut[1] - cut[0]), 1)
  expect(made.made_from).toMatchObject({ item: original.id, operation: 'cut' })
  await page.getByRole('region', { name: 'Player' }).getByRole('button', { name: 'Play' }).click()
  await played(page.getByRole('region', { name: 'Player' }).locator('audio'), 0.5)

  await page.getByRole('button', { name: 'Erase', exact: true }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Erase for good' }).click()
  const certificate = page.getByRole('alertdialog', { name: 'Erased' })
  await certificate.getByText('Keys destroyed').waitFor()
  expect([...new Set(await certificate.locator('tbody tr td:last-child').allTextContents())]).toEqual(['0'])
  await certificate.getByRole('button', { name: 'Done' }).click()
  await page.getByText('2 recordings').waitFor()
  expect((await context.request.get(`/api/items/${made.id}`)).status()).toBe(404)
  console.log(`the first two minutes took ${Math.round((Date.now() - began) / 1000)} s, four times slowed`)
  somebody.behaved()
}, 240_000)
