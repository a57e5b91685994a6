/** What is kept in a browser is what the policy lists, and with a refusal or Global Privacy Control only what is necessary (C100-C110). */
import { policy } from '@sotto/policy'
import { notice as SEEN } from '@sotto/server/testing/studio'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { begin, until } from './acts.ts'
import { openBrowser } from './browser.ts'
import { link, withRecording } from './shared-things.ts'
import { openSite, type Site } from './site.ts'
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

/** Every page that has an address of its own. */
const PAGES = [
  '/',
  '/notice',
  '/notice/register',
  '/notice/versions',
  '/notice/versions/1',
  '/cookies',
  '/sign-in',
  '/my',
  '/my/settings',
  '/my/settings/privacy',
  '/my/settings/privacy/purposes',
  '/my/settings/privacy/permissions',
  '/face',
  '/verify',
  '/no/such/page',
]

/** All names under which anything is kept in this browser. */
async function kept({ page, context }: Visitor): Promise<string[]> {
  const stored = await page.evaluate(async () => {
    const files: string[] = []
    const folder = await navigator.storage.getDirectory()
    for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) files.push(name)
    return [
      ...Object.keys(localStorage),
      ...Object.keys(sessionStorage),
      ...(await indexedDB.databases()).map(({ name }) => name ?? ''),
      ...(await caches.keys()),
      ...files,
    ]
  })
  return [...stored, ...(await context.cookies()).map(({ name }) => name)]
}
const registry: readonly { name: string; need: string }[] = Object.values(policy.cookies)
const outside = (names: readonly string[], list = registry) =>
  names.filter((name) => !list.some((one) => name === one.name || name.startsWith(`${one.name}-`)))
const necessary = registry.filter(({ need }) => need === 'necessary')

async function crawl(somebody: Visitor): Promise<string[]> {
  const found = new Set<string>()
  for (const path of PAGES) {
    await somebody.page.goto(path)
    await somebody.page.getByRole('heading', { level: 1 }).first().waitFor()
    for (const name of await kept(somebody)) found.add(name)
  }
  return [...found]
}

test('C100, C105, C108: a walk over every page finds nothing in the browser that is not in the registry, and no other host', async () => {
  await using somebody = await visit(browser, site)
  const { page } = somebody
  expect(outside(await crawl(somebody))).toEqual([])
  await begin(page)
  await page.getByRole('contentinfo').getByRole('combobox', { name: 'Appearance' }).selectOption('dark')
  await page.getByRole('contentinfo').getByRole('combobox', { name: 'Language' }).selectOption('en')
  await page.goto('/my/settings/privacy/permissions')
  await page.getByRole('switch', { name: 'Device details' }).click()
  await page.getByRole('button', { name: 'Add this device' }).click()
  await page.getByText('this one').waitFor()
  const names = await crawl(somebody)
  expect(outside(names)).toEqual([])
  for (const name of ['sotto_session', 'theme', 'locale', 'install_id']) expect(names).toContain(name)
  somebody.behaved()
})

test('C100, C108, C233: a recording, links to it and the end of an account leave nothing else in a browser, and in that of a stranger nothing', async () => {
  await using somebody = await visit(browser, site)
  await begin(somebody.page)
  // What has an address by its id or its secret: a recording, links to it, the end of an account.
  const { item } = await withRecording(somebody, site)
  const [open, closed] = [
    await link(somebody, site, item),
    await link(somebody, site, item, { password: 'lantern gravel' }),
  ]
  const { rights } = site.serving.studio
  const gone = await rights.cancel(await site.serving.studio.persons.create(SEEN), 'delete')
  const byLink = [`/s/${open}`, `/s/${closed}`, '/s/never-made-link-of-nobody', `/ended/${gone.ticket}`]
  for (const path of [`/items/${item}`, ...byLink]) {
    await somebody.page.goto(path)
    await somebody.page.getByRole('heading', { level: 1 }).first().waitFor()
    expect(outside(await kept(somebody)), path).toEqual([])
  }
  // Somebody who has the links and nothing else is left with nothing in their browser.
  await using stranger = await visit(browser, site)
  for (const path of byLink) {
    await stranger.page.goto(path)
    await stranger.page.getByRole('heading', { level: 1 }).first().waitFor()
    expect(outside(await kept(stranger), necessary), path).toEqual([])
    expect(await stranger.context.cookies(), path).toEqual([])
  }
  stranger.behaved()
  somebody.behaved()
})

test('C110: refusing takes one press, as allowing does; what was kept goes, and nothing of it comes again', async () => {
  await using somebody = await visit(browser, site)
  const { page } = somebody
  await begin(page)
  await page.getByRole('contentinfo').getByRole('combobox', { name: 'Appearance' }).selectOption('dark')
  await page.getByRole('contentinfo').getByRole('link', { name: 'Cookies' }).click()
  const refuse = page.getByRole('button', { name: 'Refuse all that is not necessary' })
  const allow = page.getByRole('button', { name: 'Allow all' })
  const [a, b] = await Promise.all([refuse.boundingBox(), allow.boundingBox()])
  expect([a?.height, Math.round(a?.width ?? 0)]).toEqual([b?.height, Math.round(b?.width ?? -1)])
  await refuse.click()
  await until(async () => outside(await kept(somebody), necessary).length === 0)
  await page.getByRole('contentinfo').getByRole('combobox', { name: 'Appearance' }).selectOption('light')
  expect(outside(await crawl(somebody), necessary)).toEqual([])
  await page.goto('/cookies')
  await page.getByRole('button', { name: 'Allow all' }).click()
  await page.getByRole('contentinfo').getByRole('combobox', { name: 'Appearance' }).selectOption('dark')
  await until(async () => (await kept(somebody)).includes('theme'))
  somebody.behaved()
})

test('C106: with Sec-GPC: 1 only what is necessary is kept, until the person says otherwise', async () => {
  await using somebody = await visit(browser, site)
  const { page, context } = somebody
  await context.setExtraHTTPHeaders({ 'sec-gpc': '1' })
  await begin(page)
  await page.getByRole('contentinfo').getByRole('combobox', { name: 'Appearance' }).selectOption('dark')
  expect(outside(await crawl(somebody), necessary)).toEqual([])
  await page.goto('/cookies')
  await page.getByText('Your browser asks not to be tracked').waitFor()
  await page.getByRole('checkbox', { name: 'Light or dark' }).check()
  await page.getByRole('contentinfo').getByRole('combobox', { name: 'Appearance' }).selectOption('dark')
  await until(async () => (await kept(somebody)).includes('theme'))
  expect(outside(await kept(somebody), necessary)).toEqual(['theme'])
  somebody.behaved()
})

test('C201, C202: on Consents and purposes one press gives and one takes back, and what stops is named before it', async () => {
  await using somebody = await visit(browser, site)
  const { page, held } = somebody
  await begin(page)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'My', exact: true }).click()
  await page.getByRole('main').getByRole('link', { name: 'Settings', exact: true }).click()
  await page.getByRole('main').getByRole('link', { name: 'Privacy Settings', exact: true }).click()
  // The fourth tap.
  await page.getByRole('main').getByRole('link', { name: 'Consents and purposes' }).click()
  const card = page.getByRole('article', { name: 'Turning speech into words' })
  await card.getByText('Turn speech into words.', { exact: false }).waitFor()
  for (const label of ['Ground', 'Data', 'Stays', 'Receives it', 'Stops without it'])
    await card.getByText(label, { exact: true }).waitFor()
  const state = async () =>
    (await held('GET /api/consents')).find(({ setting }: { setting: string }) => setting === 'transcribing').state
  const one = card.getByRole('switch')
  const steps = { given: 0, withdrawn: 0 }
  for (const wanted of ['given', 'withdrawn'] as const)
    while ((await state()) !== wanted) {
      steps[wanted] += 1
      await one.click()
      await until(async () => (await state()) === wanted, 5_000)
    }
  expect(steps.withdrawn).toBe(steps.given)
  expect(steps.given).toBe(1)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    card.getByRole('button', { name: /^Download receipt/ }).click(),
  ])
  expect(download.suggestedFilename()).toBe('sotto-receipts-transcribe.json')
  somebody.behaved()
})
