/** Freezing, locking and ending an account, as a person does it: by clicking, in both languages (C194, C199, C207). */
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { begin, bringIn, row, until } from './acts.ts'
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

async function toPrivacySettings(page: Page): Promise<void> {
  await page.goto('/my/settings/privacy')
  await page.getByRole('heading', { level: 1, name: 'Privacy Settings' }).waitFor()
}

test('frozen, nothing plays and every page says so; thawed, all is back (C194)', async () => {
  await using somebody = await visit(browser, site)
  const { page, held } = somebody
  await begin(page)
  await bringIn(page, [{ name: 'Note.flac', mimeType: 'audio/flac', bytes: await speech(4) }])
  await row(page, 'Note.flac').getByText('0:04').waitFor({ timeout: 60_000 })
  const [{ id }] = await held('GET /api/items')
  await toPrivacySettings(page)
  // What is held, value by value, masked.
  await page.getByRole('button', { name: 'Items', exact: true }).click()
  await page.getByRole('dialog', { name: 'Items' }).getByText('N…').waitFor()
  await page.getByRole('button', { name: 'Done' }).click()

  // A part goes, the rest stays.
  await page.getByRole('combobox', { name: 'What' }).selectOption({ label: 'Words' })
  await page.getByRole('button', { name: 'Erase it', exact: true }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Erase it for good' }).click()
  await page.getByText('Looked at again: 0 found.').waitFor()
  await page.getByRole('button', { name: 'Done' }).click()

  // Taken away: the browser saves one file.
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Take everything with you' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^sotto-.*\.tar$/)
  const archive = await readFile(await download.path())
  expect(archive.subarray(257, 262).toString()).toBe('ustar')

  // Brought back: what came in, what was left out and why; a file that is none is told so.
  const bring = async (name: string, buffer: Buffer) => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Bring it back' }).click(),
    ])
    await chooser.setFiles([{ name, mimeType: 'application/x-tar', buffer }])
  }
  await bring('letters.tar', Buffer.alloc(2048, 'x'))
  await page.getByText('This file is no whole archive of a studio.').waitFor()
  await bring('sotto.tar', archive)
  await page.getByText('Brought back: 1 recording, 0 with words, 0 versions, 0 texts.').waitFor()
  await page.getByText('What of the file was left out, and why').click()
  await page.getByText(/Openings \(\d+\): it proves what was done there/).waitFor()
  await page.screenshot({ path: artefact('rights-brought-back-en'), fullPage: true })
  await until(async () => {
    const states = (await held('GET /api/items')).map(({ state }: { state: string }) => state)
    return states.length === 2 && states.every((state: string) => state === 'ready')
  }, 60_000)

  await page.getByRole('button', { name: 'Freeze my account' }).click()
  await page.getByRole('status').getByText('Your account is frozen').waitFor()
  const response = await page.request.get(`${site.address}/api/items/${id}/media`)
  expect(response.status()).toBe(403)
  await page.screenshot({ path: artefact('rights-frozen-en'), fullPage: true })
  await page.getByRole('button', { name: 'Thaw my account' }).click()
  await page.getByRole('status').getByText('Your account is frozen').waitFor({ state: 'detached' })
  await page.goto('/')
  await row(page, 'Note.flac').first().getByText('0:04').waitFor()
})

test('a number is changed by a code to the new one; the old one leads nowhere (C195)', async () => {
  await using somebody = await visit(browser, site)
  const { page, held } = somebody
  await begin(page)
  const enter = async (field: string, number: string) => {
    await page.getByLabel(field).fill(number)
    await page.getByRole('button', { name: 'Send code' }).click()
    const code = (await page.locator('.shown-code strong').textContent()) ?? ''
    await page.getByLabel('Code', { exact: true }).fill(code)
  }
  await page.goto('/sign-in')
  await enter('Phone number', '+86 138 0013 8007')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await until(async () => !(await held('GET /api/me')).guest)
  await page.goto('/my')
  await page.getByRole('button', { name: 'Change the number' }).click()
  await enter('New phone number', '+86 138 0013 8008')
  await page.screenshot({ path: artefact('rights-number-en'), fullPage: true })
  await page.getByRole('button', { name: 'Change the number' }).click()
  await page.getByText('The old number leads to nobody any more.').waitFor()
  expect((await held('GET /api/me')).number_masked).toMatch(/08$/)
  somebody.behaved()
})

test('cancelled: signed out at once, and the address says how far it is (C207, C210)', async () => {
  await using somebody = await visit(browser, site)
  const { page } = somebody
  await begin(page)
  await toPrivacySettings(page)
  await page.getByRole('button', { name: 'Cancel my account' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Cancel the account' })
  await dialog.getByText('You are a guest').waitFor()
  await dialog.getByRole('radio', { name: /Anonymise/ }).check()
  await page.screenshot({ path: artefact('rights-cancel-en'), fullPage: true })
  await dialog.getByRole('button', { name: 'Cancel it and sign out' }).click()
  const done = page.getByRole('alertdialog', { name: 'Your account is cancelled' })
  const address = (await done.locator('.ticket').textContent()) ?? ''
  await done.getByRole('button', { name: 'Done' }).click()
  await until(async () => (await page.request.get(`${site.address}/api/me`)).status() === 401)
  await page.goto(address)
  await page.getByRole('heading', { level: 1, name: 'The end of an account' }).waitFor()
  await page.getByText('Until').waitFor()
})

test.each([
  { locale: 'en', phone: false, dark: false },
  { locale: 'zh-CN', phone: true, dark: true },
] as const)(
  'a link: warned, made, opened by a stranger without any trace, ended and gone ($locale) (C59, C60, C203-C205, C233)',
  async (look) => {
    const zh = look.locale === 'zh-CN'
    const words = zh
      ? {
          agree: '同意',
          attest: /每个人都已同意/,
          make: '生成链接',
          end: '终止此链接',
          tab: '分享',
          gone: '此处已没有内容',
          consent: /同意并继续|同意并/,
        }
      : {
          agree: 'Agree',
          attest: /has agreed, or it is only me/,
          make: 'Make the link',
          end: 'End this link',
          tab: 'Share',
          gone: 'There is nothing here any more',
          consent: /Agree and go on/,
        }
    await using somebody = await visit(browser, site, look)
    const { page, held, context } = somebody
    await page.goto('/')
    const notice = await (await context.request.get('/api/notice?format=json&locale=en')).json()
    const headers = { 'sotto-request': '1', origin: site.address }
    await context.request.post('/api/session/guest', {
      headers,
      data: { notice: { version: notice.version, hash: notice.hash, locale: 'en' } },
    })
    await context.request.patch('/api/me', { headers, data: { age_band: 'adult' } })
    await context.request.post('/api/items/sample', { headers })
    await until(async () => (await held('GET /api/items'))[0].state === 'ready', 60_000)
    const [{ id, name }] = await held('GET /api/items')
    await page.goto(`/items/${id}`)
    await page.getByRole('tab', { name: words.tab, exact: true }).click()
    const make = page.getByRole('button', { name: words.make, exact: true })
    await page.getByRole('note').waitFor()
    expect(await make.isDisabled()).toBe(true)
    await page.getByRole('checkbox', { name: words.attest }).check()
    await make.click()
    await page.getByRole('dialog').getByRole('button', { name: words.consent }).click()
    const address = (await page.locator('.ticket').textContent()) ?? ''
    await page.screenshot({ path: artefact(`share-made-${look.locale}`), fullPage: true })

    await using stranger = await visit(browser, site, look)
    await stranger.page.goto(address)
    await stranger.page.getByRole('heading', { level: 1, name }).waitFor()
    await until(() => stranger.page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.readyState > 0))
    await stranger.page.screenshot({ path: artefact(`share-opened-${look.locale}`), fullPage: true })
    stranger.behaved()
    expect(await stranger.context.cookies()).toEqual([])
    expect(await stranger.page.evaluate(() => Object.keys(localStorage))).toEqual([])

    await until(async () => (await held('GET /api/shares'))[0].opened === 1)
    await page.getByRole('button', { name: words.end }).click()
    await until(async () => (await held('GET /api/shares')).length === 0)
    await stranger.page.reload()
    await stranger.page.getByRole('heading', { level: 1, name: words.gone }).waitFor()
    somebody.behaved()
  },
)
