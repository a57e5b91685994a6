/** Pages that somebody reaches by a link alone: shared recordings and the end of an account; in both languages, light and dark (C203-C209, C233). */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { begin } from './acts.ts'
import { openBrowser } from './browser.ts'
import { looker } from './looker.ts'
import { link, withRecording } from './shared-things.ts'
import { openSite, type Site } from './site.ts'
import { visit } from './visitor.ts'

const DAY = 86_400_000
const PICTURED = ['link', 'link password', 'link gone', 'end waiting', 'end certificate']

let browser: Browser
let site: Site
beforeAll(async () => {
  ;[browser, site] = await Promise.all([openBrowser(), openSite()])
})
afterAll(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
})

test.each(['en', 'zh-CN'] as const)(
  'a link, its password, its end, and the end of an account are accessible and speak %s',
  async (locale) => {
    await using maker = await visit(browser, site)
    await begin(maker.page)
    const { person, item } = await withRecording(maker, site)
    const [open, closed] = [
      await link(maker, site, item),
      await link(maker, site, item, { password: 'lantern gravel' }),
    ]
    await using stranger = await visit(browser, site, { locale })
    const { page } = stranger
    const { look, found } = looker(page, locale, PICTURED)
    const heading = () => page.getByRole('heading', { level: 1 }).waitFor()
    await page.goto(`/s/${open}`)
    await page.locator('audio').waitFor()
    await look('link')
    await page.goto(`/s/${closed}`)
    await page.locator('input[type=password]').waitFor()
    await look('link password')
    await page.locator('input[type=password]').fill('wrong')
    await page.locator('main button[type=submit]').click()
    await page.getByRole('alert').waitFor()
    await look('link wrong password')

    const { studio } = site.serving
    const { ticket } = await studio.rights.cancel(person, 'delete')
    // Whoever has the link of somebody who cancelled has nothing.
    await page.goto(`/s/${open}`)
    await heading()
    expect(
      (
        await page.request.post(`/api/shared/${open}`, {
          data: {},
          headers: { 'sotto-request': '1', origin: site.address },
        })
      ).status(),
    ).toBe(410)
    await look('link gone')
    const address = `/ended/${ticket}`
    await page.goto(address)
    await heading()
    await look('end waiting')
    await studio.rights.takeBack(person)
    await page.goto(address)
    await heading()
    await look('end taken back')
    const again = await studio.rights.cancel(person, 'delete')
    const until = new Date(site.clock.now().getTime() + 15 * DAY)
    const hold = await studio.retention.hold({ person, kinds: ['item'], citation: '① 31', until })
    site.clock.goOn(8 * DAY)
    await studio.sweep()
    await page.goto(`/ended/${again.ticket}`)
    await heading()
    await page.getByRole('listitem').filter({ hasText: '① 31' }).waitFor()
    await look('end held')
    await studio.retention.release(person, hold.id)
    await studio.sweep()
    await page.goto(`/ended/${again.ticket}`)
    await page.getByRole('table').waitFor()
    await look('end certificate')
    await page.goto('/ended/no-such-ticket-was-ever-given')
    await page.getByRole('alert').waitFor()
    await look('end of nothing')
    expect(found).toEqual({})
    stranger.behaved()
  },
  240_000,
)
