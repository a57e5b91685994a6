/** Promises that the document keeps by what stands in it, or does not: each read from the policy and from the notice. */
import { expect, test } from 'vitest'
import {
  checkPolicy,
  compileDecisions,
  decide,
  functionsWithoutPermission,
  isClosedToMinors,
  LOCALES,
  NO_OPERATOR,
  notice,
  noticeMarkdown,
  type PolicyDocument,
  policy,
} from '../index.ts'

const document: PolicyDocument = policy
const categoriesKept = new Set(
  Object.values(document.kinds).flatMap(({ fields }) => Object.values(fields).map(({ category }) => category)),
)
const categoriesUsed = new Set(
  Object.values(document.purposes).flatMap(({ uses }) => (uses === 'every_category' ? [] : uses)),
)
const printed = async (locale: 'en' | 'zh-CN') => noticeMarkdown(await notice(document, locale, NO_OPERATOR))

test('no ground without consent works by itself: each waits for a case, and there is no way to open one (C89-C92, C97, C98, C130, C131, C144-C147)', () => {
  for (const [id, { enabled }] of Object.entries(document.exemptions)) expect([id, enabled]).toEqual([id, false])
  // Not even the ground itself is one that a decision could be asked by.
  for (const id of Object.keys(document.exemptions))
    expect(decide({ purpose: id as never, subject: 'ann', by: 'operator' }).allow).toBe(false)
})

test('every ground without consent has its citation: other circumstances are none (C99, C150)', () => {
  for (const { citation } of Object.values(document.exemptions)) expect(citation).toMatch(/\bC\d+|PIPL \d+|GDPR \d+/)
})

test('location is not collected, not asked of the device, and opens nothing (C38, C198)', () => {
  expect(document.categories['user.location']?.collected).toBe('never')
  expect(categoriesUsed.has('user.location') || categoriesKept.has('user.location')).toBe(false)
  expect(document.permissions.location?.needed).toBe(false)
  expect(functionsWithoutPermission(document, 'location')).toEqual([])
})

test('contacts of the device are never asked for, and no category could hold them (C84)', () => {
  expect(document.permissions.contacts?.needed).toBe(false)
  expect(functionsWithoutPermission(document, 'contacts')).toEqual([])
  expect(Object.keys(document.categories).filter((id) => id.includes('contacts'))).toEqual([])
})

test('behaviour is not collected, and nothing profiles, counts or advertises (C69, C70, C105)', () => {
  expect(document.categories['user.behavior']?.collected).toBe('never')
  expect(categoriesUsed.has('user.behavior') || categoriesKept.has('user.behavior')).toBe(false)
  for (const { use } of Object.values(document.purposes)) expect(use).not.toMatch(/^(analytics|marketing|personalize)/)
})

test('no biometric feature of voice or face, and none of a payment, is kept or sent to anybody (C63)', () => {
  expect(document.categories['user.biometric.voice']?.collected).toBe('never')
  const biometric = (id: string) => id.startsWith('user.biometric')
  expect([...categoriesKept].filter(biometric)).toEqual([])
  expect(Object.values(document.recipients).flatMap(({ gets }) => gets.filter(biometric))).toEqual([])
})

test('what is kept stays where the host runs; nothing is taken abroad by the studio (C158, C159)', () => {
  expect(document.residency).toEqual({ stored: 'where_the_host_runs', abroad: false })
})

test('roles are registered, and the host’s staff see of anybody only the requests that were put to them (C258)', () => {
  expect(document.roles.operator).toEqual({ acts_as: 'operator', sees: 'requests' })
  const decideOf = compileDecisions(document)
  const open = Object.keys(document.purposes).filter(
    (purpose) => decideOf({ purpose, subject: 'ann', by: 'operator' }).allow,
  )
  expect(open).toEqual(Object.keys(document.purposes).filter((id) => document.purposes[id]?.by.includes('operator')))
  for (const id of open)
    for (const category of [document.purposes[id]?.uses].flat())
      expect(category).not.toMatch(/content\.(recording|transcript|title)/)
})

test('what of an account is at the discretion of the person may be absent; the handle alone is needed (C32, C213)', () => {
  const needed = Object.entries(document.kinds.account?.fields ?? {}).filter(([, { optional }]) => optional !== true)
  expect(needed.map(([name]) => name)).toEqual(['handle'])
})

test.each(LOCALES)('using a right costs nothing (C221), in %s', async (locale) => {
  expect(await printed(locale)).toContain({ en: 'None of it costs anything.', 'zh-CN': '不收' }[locale])
})

test.each(LOCALES)('it is said plainly what a cookie is (C101), in %s', async (locale) => {
  expect(await printed(locale)).toContain(
    { en: 'A cookie is a short note', 'zh-CN': 'Cookie 是网站留在浏览器里的一张小便条' }[locale],
  )
})

test.each(LOCALES)('it is said that no protection is perfect (C192), in %s', async (locale) => {
  expect(await printed(locale)).toMatch(
    { en: /No protection is perfect/, 'zh-CN': /没有[^。]*(完美|万无一失|绝对)/ }[locale],
  )
})

test('nobody else keeps anything in the browser: an owner that is not the studio is refused (C109)', () => {
  const { theme } = document.cookies
  const foreign = { ...document, cookies: { theme: { ...theme, owner: 'an advertiser' } } }
  expect(checkPolicy(foreign).map(({ path }) => path)).toEqual(['cookies.theme'])
})

test('what hears a voice needs a guardian for a child: without one it stays shut, everything else goes on (C246)', () => {
  const consented = (purpose: string) => document.purposes[purpose]?.basis === 'consent'
  const hearing = Object.keys(document.purposes).filter(
    (id) => consented(id) && [document.purposes[id]?.uses].flat().includes('user.content.recording'),
  )
  // What is closed to every minor needs no guardian: none could open it.
  for (const id of hearing.filter((one) => !isClosedToMinors(document.purposes[one]?.use ?? '')))
    expect([id, document.purposes[id]?.guardian]).toEqual([id, true])
  expect(decide({ purpose: 'keep_media', subject: 'ann', by: 'ann', ageBand: 'under_14' }).allow).toBe(true)
})
