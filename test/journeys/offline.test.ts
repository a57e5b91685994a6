/** What the service worker does: the shell opens without the server; sounds come in that other apps share. */
import { goodFile } from '@sotto/media/testing/files'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { begin, bringIn, row, until } from './acts.ts'
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

test('after the first visit the page opens without the server, says so, and comes back by itself', async () => {
  await using somebody = await visit(browser, site)
  const { page, held } = somebody
  await begin(page)
  await bringIn(page, [{ name: 'Before.flac', mimeType: 'audio/flac', bytes: goodFile('flac') }])
  await row(page, 'Before.flac').getByText('0:02').waitFor({ timeout: 60_000 })
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  const cached = () =>
    page.evaluate(async () => (await (await caches.open((await caches.keys())[0] ?? '')).keys()).length)
  await until(async () => (await cached()) > 5)

  await site.stop()
  await page.reload()
  await page.getByText('No connection to the studio. Recording still works').waitFor()
  expect(await page.getByLabel('Where your things are').textContent()).toContain('not connected')
  await page.getByRole('button', { name: 'Record' }).waitFor()
  // Pages other than the first open as well, and nothing personal was kept for them.
  await page.goto('/my')
  await page.getByRole('alert').getByText('There is no connection to the studio.').waitFor()
  expect(await page.getByText('Before.flac').count()).toBe(0)
  const personal = await page.evaluate(async () => {
    const names: string[] = []
    for (const cache of await caches.keys())
      for (const request of await (await caches.open(cache)).keys()) names.push(new URL(request.url).pathname)
    return names.filter((path) => path.startsWith('/api/'))
  })
  expect(personal).toEqual([])

  await site.start()
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('heading', { name: 'Profile' }).waitFor()
  await page.getByRole('link', { name: 'Sotto, Studio' }).click()
  await row(page, 'Before.flac').waitFor()
  expect(await held('GET /api/items')).toHaveLength(1)

  // The server falls while the page is open: the page says so, and finds it again without being asked to.
  await site.stop()
  await page.getByText('No connection to the studio. Recording still works').waitFor()
  await site.start()
  await page.getByText('No connection to the studio. Recording still works').waitFor({ state: 'detached' })
  somebody.behaved()
})

test('a sound that another app shares comes in, sealed on the device until it has arrived (C55)', async () => {
  await using somebody = await visit(browser, site)
  const { page, held } = somebody
  await begin(page)
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  // The operating system posts a form to the address in the manifest; so does this.
  await page.evaluate(
    (bytes) => {
      const form = Object.assign(document.createElement('form'), {
        action: '/share',
        method: 'post',
        enctype: 'multipart/form-data',
      })
      const files = new DataTransfer()
      files.items.add(new File([new Uint8Array(bytes)], 'Shared.flac', { type: 'audio/flac' }))
      const field = Object.assign(document.createElement('input'), { type: 'file', name: 'files', files: files.files })
      form.append(field)
      document.body.append(form)
      form.submit()
    },
    [...goodFile('flac')],
  )
  await page.getByText('Shared.flac').first().waitFor()
  await row(page, 'Shared.flac').getByText('0:02').waitFor({ timeout: 60_000 })
  expect((await held('GET /api/items'))[0]).toMatchObject({ name: 'Shared.flac', state: 'ready' })
})
