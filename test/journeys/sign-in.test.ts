/** From guest to account: number, password, second step, and two lives joined into one. */
import { createHmac } from 'node:crypto'
import { goodFile } from '@sotto/media/testing/files'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { begin, bringIn, row } from './acts.ts'
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

const NUMBER = '+86 138 0013 8000'
const PASSWORD = 'walnut ferry 71 lantern'

/** What an authenticator app shows at a moment (RFC 6238: HMAC-SHA-1, 30 s, six digits). */
function appCode(secret: string, now: Date): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(now.getTime() / 30_000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  const at = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** Asks for a code and reads it where it is shown. */
async function askCode(page: Page): Promise<string> {
  await page.getByRole('textbox', { name: 'Phone number' }).fill(NUMBER)
  await page.getByRole('button', { name: 'Send code' }).click()
  const shown = page.getByRole('status').filter({ hasText: 'shown here because the studio runs on this machine' })
  return (await shown.getByRole('strong').textContent()) ?? ''
}

const enter = (page: Page) => page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click()

/** What the authenticator app of the account has, once it is set up. */
let secret = ''

test('a number is bound, a password and a second step are set, and everything stays (C21, C167)', async () => {
  await using somebody = await visit(browser, site)
  const { page, context, held } = somebody
  await begin(page)
  await bringIn(page, [{ name: 'As a guest.wav', mimeType: 'audio/wav', bytes: goodFile('wav') }])
  await row(page, 'As a guest.wav').getByText('0:02').waitFor({ timeout: 60_000 })
  const before = await held('GET /api/me')
  expect(before).toMatchObject({ guest: true, number_masked: null })

  await page.getByRole('link', { name: 'My', exact: true }).click()
  await page.getByRole('link', { name: 'Bind a number' }).click()
  const code = await askCode(page)
  expect(code).toMatch(/^\d{6}$/)
  await page.getByRole('textbox', { name: 'Code' }).fill(code === '000000' ? '000001' : '000000')
  await enter(page)
  await page.getByRole('alert').getByText('That is not the code.').waitFor()
  expect((await held('GET /api/me')).guest).toBe(true)
  await page.getByRole('textbox', { name: 'Code' }).fill(code)
  await enter(page)
  await row(page, 'As a guest.wav').waitFor()
  const me = await held('GET /api/me')
  expect(me).toMatchObject({ guest: false, handle: before.handle })
  expect(me.number_masked).not.toContain('00138')

  await page.getByRole('link', { name: 'My', exact: true }).click()
  await page.getByText(me.number_masked).waitFor()
  const password = page.getByLabel('New password')
  await password.fill('aaaa1111')
  await page.getByText('Strength: very weak').waitFor()
  await password.fill('password1')
  await page.getByRole('button', { name: 'Set password' }).click()
  await page.getByRole('alert').getByText('It is one of the most used passwords').waitFor()
  await password.fill(PASSWORD)
  await page.getByRole('button', { name: 'Set password' }).click()
  await page.getByText('A password is set.').waitFor()

  await page.getByRole('button', { name: 'Set up' }).click()
  await page.getByRole('img', { name: 'Square code for the authenticator app' }).waitFor()
  secret = ((await page.getByText(/^Secret: /).textContent()) ?? '').replace('Secret: ', '')
  await page.getByRole('textbox', { name: 'Code from your authenticator app' }).fill(appCode(secret, site.clock.now()))
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.getByRole('heading', { name: 'Recovery codes' }).waitFor()
  expect(await page.locator('.recovery li').count()).toBe(10)
  await page.getByText('On: a code from your authenticator app is asked at sign-in.').waitFor()

  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByRole('button', { name: 'Agree and begin as guest' }).waitFor()
  expect(await context.cookies()).toEqual([])
  expect(await page.getByText('As a guest.wav').count()).toBe(0)

  site.clock.goOn(60_000)
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('radio', { name: 'Password' }).check({ force: true })
  await page.getByRole('textbox', { name: 'Handle or number' }).fill(me.handle)
  await page.getByRole('textbox', { name: 'Password' }).fill('not my password at all')
  await enter(page)
  await page.getByRole('alert').waitFor()
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
  await enter(page)
  const second = page.getByRole('textbox', { name: 'Code from your authenticator app' })
  const right = appCode(secret, site.clock.now())
  await second.fill(right === '123456' ? '123457' : '123456')
  await enter(page)
  await page.getByRole('alert').getByText('That is not the current code of your app.').waitFor()
  await second.fill(right)
  await enter(page)
  await row(page, 'As a guest.wav').waitFor()
  somebody.behaved()
})

test('a guest elsewhere joins the account that has the number, when they say so', async () => {
  await using somebody = await visit(browser, site)
  const { page, held } = somebody
  await begin(page)
  await bringIn(page, [{ name: 'Elsewhere.wav', mimeType: 'audio/wav', bytes: goodFile('wav') }])
  await row(page, 'Elsewhere.wav').getByText('0:02').waitFor({ timeout: 60_000 })
  site.clock.goOn(60_000)
  await page.getByRole('link', { name: 'Sign in' }).click()
  const code = await askCode(page)
  await page.getByRole('textbox', { name: 'Code', exact: true }).fill(code)
  await enter(page)
  const question = page.getByRole('alertdialog', { name: 'This number has an account already' })
  await question.getByRole('button', { name: 'Leave them apart' }).click()
  await question.waitFor({ state: 'detached' })
  expect((await held('GET /api/me')).guest).toBe(true)
  await enter(page)
  await question.getByRole('button', { name: 'Join them' }).click()
  // The second step stands between the answer and the joining; the question is not put twice.
  await page.getByRole('textbox', { name: 'Code from your authenticator app' }).fill(appCode(secret, site.clock.now()))
  await enter(page)
  await row(page, 'As a guest.wav').waitFor()
  await row(page, 'Elsewhere.wav').waitFor()
  expect(await held('GET /api/me')).toMatchObject({ guest: false, totp: true })
  expect(await site.keyrings()).toHaveLength(1)
  somebody.behaved()
})
