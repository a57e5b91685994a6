/** A changed notice, as the person meets it: announced, told in words, asked again for exactly what has grown, and done only then. */
import { NO_OPERATOR, notice, type PolicyDocument, policy } from '@sotto/policy'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { begin, until } from './acts.ts'
import { artefact } from './artefacts.ts'
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

/** The policy as it was before a name could be given and before cleaning saw the title. */
const older: PolicyDocument = {
  ...policy,
  version: '0.9.0',
  purposes: {
    ...policy.purposes,
    account: { ...policy.purposes.account, uses: policy.purposes.account.uses.filter((id) => id !== 'user.name') },
  },
}

test('C250, C257: a major change is announced on every page and in a dialogue; nothing new happens before it was read', async () => {
  await using somebody = await visit(browser, site)
  const { page, context, held } = somebody
  await begin(page)
  const { handle } = await held('GET /api/me')
  await site.stop()
  {
    await using studio = await site.place.open({ work: false })
    const person = (await studio.lookup.find('handle', handle)) as string
    const notices = { en: await notice(older, 'en', NO_OPERATOR), 'zh-CN': await notice(older, 'zh-CN', NO_OPERATOR) }
    const old = await studio.versions.publish({ document: older, operator: NO_OPERATOR, notices }, 'operator')
    const seen = { version: old.version, hash: old.notices.en.hash, locale: 'en' }
    await studio.consents.noticeShown(person, seen, 'page')
    // Agreed once to less than what cleaning uses today.
    await studio.ledger.append(person, 'consent', {
      ...seen,
      purpose: 'denoise',
      state: 'given',
      scope: JSON.stringify(['essential.service', 'consent', ['user.content.recording'], []]),
      method: 'switch',
    })
  }
  await site.start()
  await page.goto('/')
  const dialog = page.getByRole('dialog', { name: 'The privacy notice has changed in a major way' })
  await dialog.getByText('1 part reads differently').waitFor()
  await dialog.getByText('Until then these stay as they were for you').waitFor()
  await page.screenshot({ path: artefact('notice changed dialogue') })

  const change = (body: object) =>
    context.request.fetch('/api/me', {
      method: 'PATCH',
      data: body,
      headers: { 'sotto-request': '1', origin: site.address },
    })
  const refused = await change({ display_name: 'Ann' })
  expect([refused.status(), (await refused.json()).code]).toEqual([403, 'consent_renew'])

  // "Later" is as near as "read"; the line above the page stays.
  await dialog.getByRole('button', { name: 'Later' }).click()
  const banner = page.getByRole('status').filter({ hasText: 'has changed since you last read it' })
  await banner.getByRole('link', { name: 'See what changed' }).click()
  await page.getByRole('heading', { name: 'What changed' }).waitFor()
  await page.getByText('Purpose “Your account”, data used: now also', { exact: false }).first().waitFor()
  await page.screenshot({ path: artefact('notice version') })
  await page.getByRole('link', { name: 'All versions' }).first().click()
  await page.getByRole('link', { name: 'Version 0.9.0 (no. 2)' }).waitFor()
  await page.screenshot({ path: artefact('notice versions') })
  await page.getByRole('link', { name: 'Privacy notice' }).first().click()
  await page.getByText('changed since you last read').first().waitFor()

  // Exactly what has grown asks again; agreeing and reading are two things.
  await page.reload()
  await dialog.getByRole('button', { name: 'Agree again' }).click()
  await dialog.getByRole('button', { name: 'Agreed' }).waitFor()
  const denoising = (await held('GET /api/consents')).find(
    ({ setting }: { setting: string }) => setting === 'denoising',
  )
  expect(denoising).toMatchObject({ on: true, state: 'given' })
  expect((await change({ display_name: 'Ann' })).status()).toBe(403)
  await dialog.getByRole('button', { name: 'I have read it' }).click()
  await dialog.waitFor({ state: 'detached' })
  await until(async () => (await banner.count()) === 0)
  expect((await change({ display_name: 'Ann' })).status()).toBe(200)
  expect((await held('GET /api/policy/reading')).severity).toBe('none')
  somebody.behaved()
})

test('C169: a sentence of the notice leads to its rule, its tests and the last evidence', async () => {
  await using somebody = await visit(browser, site)
  const { page } = somebody
  await page.goto('/notice')
  await page.getByRole('link', { name: 'How this is kept: Cleaning sound' }).click()
  const section = page.getByRole('region', { name: /Cleaning sound$/ })
  await section.getByText('purposes.denoise').waitFor()
  await section.getByText(/^Clauses /).click()
  await section.getByText('proven', { exact: true }).first().waitFor()
  await section
    .getByText(/\.test\.ts$/)
    .first()
    .waitFor()
  await page.getByText(/rules were broken one by one/).waitFor()
  await page.screenshot({ path: artefact('register') })
  somebody.behaved()
})
