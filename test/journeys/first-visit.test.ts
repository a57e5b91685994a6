/** Before anything is agreed to, and when it is refused (C4, C6). */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'
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

test('refusing takes one press, as agreeing does, and leaves nothing (C4, C6)', async () => {
  await using somebody = await visit(browser, site)
  const { page, context } = somebody
  const ledger = site.serving.studio.ledger.head.size
  await page.goto('/')
  const notice = page.getByRole('complementary', { name: 'Before anything of yours is kept' })
  const agree = notice.getByRole('button', { name: 'Agree and begin as guest' })
  const refuse = notice.getByRole('button', { name: 'Not now' })
  await expect.poll(() => agree.isEnabled()).toBe(true)
  const [yes, no] = [await agree.boundingBox(), await refuse.boundingBox()]
  const look = (name: 'color' | 'background-color' | 'font-size' | 'font-weight') =>
    Promise.all([agree, refuse].map((one) => one.evaluate((e, n) => getComputedStyle(e).getPropertyValue(n), name)))
  expect(no?.width).toBeCloseTo(yes?.width ?? 0, 0)
  expect(no?.height).toBeCloseTo(yes?.height ?? 0, 0)
  for (const name of ['color', 'background-color', 'font-size', 'font-weight'] as const) {
    const [a, b] = await look(name)
    expect(b, name).toBe(a)
  }

  await refuse.click()
  await page.getByText('Nothing of yours is kept. You can listen to the sample').waitFor()
  expect(await page.getByLabel('Where your things are').textContent()).toContain('nothing of you is kept')
  // The page goes on being of use: the sample is heard, the whole notice is read, the mind can be changed.
  const sample = page.getByRole('region', { name: 'Hear what it does' })
  await sample.getByRole('button', { name: 'Play' }).click()
  await page.waitForFunction(() => [...document.querySelectorAll('audio')].some((audio) => audio.currentTime > 0.2))
  await page.getByRole('link', { name: 'Privacy notice' }).click()
  await page.getByRole('heading', { name: 'In short' }).waitFor()
  await page.getByRole('link', { name: 'Sotto, Studio' }).click()

  expect(await context.cookies()).toEqual([])
  expect(await site.keyrings()).toEqual([])
  expect(site.serving.studio.ledger.head.size).toBe(ledger)
  expect((await context.request.get('/api/me')).status()).toBe(401)

  // Whoever wants to bring something in is asked again, and may refuse again.
  await page.getByRole('button', { name: 'Record' }).click()
  const asked = page.getByRole('dialog', { name: 'Before anything of yours is kept' })
  await asked.getByRole('button', { name: 'Not now' }).click()
  await asked.waitFor({ state: 'detached' })
  expect(await context.cookies()).toEqual([])
  expect(await site.keyrings()).toEqual([])
  somebody.behaved()
})

test('the first load weighs at most 150 KB compressed', async () => {
  await using somebody = await visit(browser, site)
  const { page, context } = somebody
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  const weights = new Map<string, number>()
  const kinds = new Map<string, string>()
  devtools.on('Network.responseReceived', ({ requestId, response }) =>
    kinds.set(requestId, `${new URL(response.url).pathname} ${response.mimeType}`),
  )
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
    weights.set(kinds.get(requestId) ?? requestId, encodedDataLength),
  )
  await page.goto('/')
  await page.getByRole('button', { name: 'Agree and begin as guest' }).waitFor()
  await page.waitForLoadState('networkidle')
  const program = [...weights].filter(([name]) => /(html|css|javascript)$/.test(name))
  expect(program.length).toBeGreaterThan(2)
  const total = program.reduce((sum, [, bytes]) => sum + bytes, 0)
  console.log(`first load: ${Math.round(total / 1024)} KB`, Object.fromEntries(program))
  expect(total).toBeLessThanOrEqual(150 * 1024)
  somebody.behaved()
})

test('what is pressed before it is known who is here waits for that: somebody known is not asked again', async () => {
  await using somebody = await visit(browser, site)
  const { page } = somebody
  let letGo = () => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.goto('/')
  await page.getByRole('button', { name: 'Agree and begin as guest' }).click()
  await page.getByRole('link', { name: 'My', exact: true }).waitFor()
  await page.route('**/api/me', async (route) => {
    await held
    await route.continue()
  })
  await page.goto('/')
  await page.getByRole('button', { name: 'Try the sample' }).click()
  expect(await page.getByRole('dialog').count()).toBe(0)
  letGo()
  await page.getByRole('tablist', { name: 'Tools' }).waitFor()
  somebody.behaved()
})
