/** My, Settings, Privacy Settings: by clicking, each switch, what is held, what was opened, and everything erased. */
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agreeTo, begin, bringIn, openItem, row, until } from './acts.ts'
import { openBrowser } from './browser.ts'
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

/** The way that the source policy names word by word. */
async function toPrivacySettings(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'My', exact: true }).click()
  await page.getByRole('main').getByRole('link', { name: 'Settings', exact: true }).click()
  await page.getByRole('main').getByRole('link', { name: 'Privacy Settings', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Privacy Settings' }).waitFor()
}

const stateOf = async ({ held }: Visitor, setting: string) =>
  (await held('GET /api/consents')).find((one: { setting: string }) => one.setting === setting)

test('each switch is found by clicking and holds; what is held and who opened it can be read', async () => {
  await using somebody = await visit(browser, site)
  const { page, context, held } = somebody
  await begin(page)
  await bringIn(page, [{ name: 'Note.flac', mimeType: 'audio/flac', bytes: await speech(4) }])
  await row(page, 'Note.flac').getByText('0:04').waitFor({ timeout: 60_000 })
  await toPrivacySettings(page)

  for (const [name, setting] of [
    ['Microphone', 'microphone'],
    ['Turning speech into words', 'transcribing'],
    ['Cleaning sound', 'denoising'],
  ] as const) {
    const one = page.getByRole('switch', { name })
    expect(await one.getAttribute('aria-checked')).toBe('false')
    await one.click()
    await until(async () => (await one.getAttribute('aria-checked')) === 'true')
    expect(await stateOf(somebody, setting)).toMatchObject({ on: true, state: 'given' })
    await one.click()
    await until(async () => (await one.getAttribute('aria-checked')) === 'false')
    expect(await stateOf(somebody, setting)).toMatchObject({ on: false, state: 'withdrawn' })
  }

  await page.getByRole('combobox', { name: 'Keep recordings for' }).selectOption({ label: '7 days' })
  await until(async () => (await held('GET /api/settings')).keep_recordings === 'P7D')
  const [item] = await held('GET /api/items')
  expect(Date.parse(item.erase_at) - Date.parse(item.created_at)).toBe(7 * 24 * 3600 * 1000)

  // What stands in the tables is what the server says.
  const kinds: { kind: string; count: number }[] = (await held('GET /api/privacy/held')).filter(
    ({ count }: { count: number }) => count > 0,
  )
  await page.reload()
  const heldTable = page.getByRole('region', { name: 'What is held about me' }).getByRole('table')
  await until(async () => (await heldTable.locator('tbody tr').count()) === kinds.length)
  const openings = page.getByRole('region', { name: 'Who opened what, for what' }).locator('tbody tr')
  await openings.first().waitFor()
  await page.getByText(/First seen now|Consistent with what this browser remembers/).waitFor()
  await page.reload()
  await page.getByText('Consistent with what this browser remembers').waitFor()

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download receipts' }).click(),
  ])
  const receipts: unknown[] = JSON.parse(readFileSync(await download.path(), 'utf8'))
  expect(receipts.length).toBeGreaterThanOrEqual(6)

  // All that lies in the browser stands in the table that the policy prints (C100).
  const listed = await page
    .getByRole('region', { name: 'Kept in this browser' })
    .locator('tbody .mono')
    .allTextContents()
  const kept = await page.evaluate(async () => [
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).map(({ name }) => name ?? ''),
    ...(await caches.keys()),
  ])
  const names = [...kept, ...(await context.cookies()).map(({ name }) => name)]
  expect(names.filter((name) => !listed.some((one) => name === one || name.startsWith(`${one}-`)))).toEqual([])
  expect(names).toContain('sotto_session')
  somebody.behaved()
})

test('turning transcribing off while words are being heard ends the work, and no word comes after it', async () => {
  await using somebody = await visit(browser, site)
  const { page, context, held } = somebody
  await begin(page)
  await bringIn(page, [{ name: 'Long talk.flac', mimeType: 'audio/flac', bytes: await speech(1200) }])
  await row(page, 'Long talk.flac').getByText('20:00').waitFor({ timeout: 60_000 })
  await openItem(page, 'Long talk.flac')
  await page.getByRole('tab', { name: 'Words' }).click()
  await page.getByRole('button', { name: 'Transcribe', exact: true }).click()
  await agreeTo(page, 'Turning speech into words', /To recognise the words of a recording that you choose/)
  const words = page.getByRole('group', { name: 'Words of the recording' })
  await words.waitFor({ timeout: 60_000 })

  // In a second tab of the same browser, as a person would, while the first goes on listening.
  const other = await context.newPage()
  await other.goto('/')
  await toPrivacySettings(other)
  await other.getByRole('switch', { name: 'Turning speech into words' }).click()
  await until(async () => (await stateOf(somebody, 'transcribing')).on === false)
  const [item] = await held('GET /api/items')
  // The switch reads off a moment before it is answered; it is answered when the work has ended.
  const job = async () =>
    (await held('GET /api/jobs')).find(({ operation }: { operation: string }) => operation === 'transcribe')
  await until(async () => (await job()).state !== 'running')
  expect(await job()).toMatchObject({ state: 'refused' })
  const said = () => held('GET /api/items/:id/transcript', { id: item.id })
  const atTheEnd = JSON.stringify(await said())
  await page.getByRole('alert').getByText('you have switched it off in Privacy Settings').waitFor()
  // A new attempt is answered by the question, not by work.
  await page.getByRole('button', { name: /^Transcribe/ }).click()
  await page.getByRole('dialog', { name: 'Turning speech into words' }).getByRole('button', { name: 'Not now' }).click()
  expect((await held('GET /api/jobs')).every(({ state }: { state: string }) => state !== 'running')).toBe(true)
  expect(JSON.stringify(await said())).toBe(atTheEnd)
  expect(JSON.parse(atTheEnd).complete).toBe(false)
  somebody.behaved()
})

test('everything is erased after it was typed; the certificate says what; nobody is here any more', async () => {
  await using somebody = await visit(browser, site)
  const { page, context } = somebody
  const others = await site.keyrings()
  await begin(page)
  await bringIn(page, [{ name: 'Secret plan.flac', mimeType: 'audio/flac', bytes: await speech(4) }])
  await row(page, 'Secret plan.flac').getByText('0:04').waitFor({ timeout: 60_000 })
  expect(await site.keyrings()).toHaveLength(others.length + 1)
  await toPrivacySettings(page)
  await page.getByRole('button', { name: 'Erase everything about me' }).click()
  const sure = page.getByRole('alertdialog', { name: 'Erase everything' })
  const go = sure.getByRole('button', { name: 'Erase everything for good' })
  expect(await go.isDisabled()).toBe(true)
  await sure.getByRole('textbox').fill('erase everything')
  await go.click()
  const certificate = page.getByRole('alertdialog', { name: 'Erased' })
  await certificate.getByText('Nothing about you can be read by anyone.').waitFor()
  const found = await certificate.getByRole('table').locator('tbody tr td:last-child').allTextContents()
  expect(found.length).toBeGreaterThan(2)
  expect([...new Set(found)]).toEqual(['0'])
  await certificate.getByText('Last copy of the keys is gone on').waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    certificate.getByRole('button', { name: 'Save the certificate' }).click(),
  ])
  expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toMatchObject({ scope: 'everything' })
  await certificate.getByRole('button', { name: 'Done' }).click()

  await page.getByRole('button', { name: 'Agree and begin as guest' }).waitFor()
  expect(await page.getByText('Secret plan').count()).toBe(0)
  expect(await context.cookies()).toEqual([])
  expect((await context.request.get('/api/me')).status()).toBe(401)
  expect((await site.keyrings()).sort()).toEqual(others.sort())
  const kept = await page.evaluate(() => Object.keys(localStorage))
  expect(kept).not.toContain('ledger_head')
  somebody.behaved()
})
