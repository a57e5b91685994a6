/** C1, C2, C3, C5, C8, G24: the notice says what the running rules say, all of it and nothing else, in both languages. */
import { describe, expect, test } from 'vitest'
import {
  type CategoryId,
  compileDecisions,
  contentHash,
  decide,
  foldConsents,
  LOCALES,
  linesOf,
  MissingTextError,
  NO_OPERATOR,
  type Notice,
  notice,
  noticeHtml,
  noticeJson,
  noticeMarkdown,
  type Operator,
  type PolicyDocument,
  type PurposeId,
  pairsTold,
  policy,
  scopeOf,
  textsOf,
} from '../index.ts'

const document: PolicyDocument = policy
const host: Operator = {
  legal_name: 'Sound & <Sons>',
  officer: 'Ann Lee',
  contact: 'privacy@studio.example',
  country: 'FR',
  authority: 'CNIL',
  recipients: { sms_provider: { legal_name: 'Text GmbH', country: 'DE' } },
}

/** Every (purpose, category) that can open for anyone who has agreed to all, by asking each. */
function pairsThatOpen(doc: PolicyDocument): string[] {
  const decideHere = compileDecisions(doc)
  const purposes = Object.keys(doc.purposes)
  const consents = foldConsents(
    'ann',
    purposes.map((purpose) => ({ purpose, state: 'given', scope: scopeOf(doc, purpose), guardian: true })),
  )
  const pairs = purposes.flatMap((purpose) =>
    Object.keys(doc.categories)
      .filter((category) =>
        ['ann', 'job', 'operator'].some(
          (by) => decideHere({ purpose, categories: [category], subject: 'ann', by, consents, ageBand: 'adult' }).allow,
        ),
      )
      .map((category) => `${purpose} ${category}`),
  )
  return pairs.sort()
}

function plain(printed: Notice): string {
  return [...linesOf(printed)].map((line) => line.map(({ text }) => text).join('')).join('\n')
}

describe.each(LOCALES)('the notice in %s', (locale) => {
  test('C3: every (purpose, category) that can open stands in it, and the other way round', async () => {
    const printed = await notice(document, locale, NO_OPERATOR)
    expect(pairsTold(printed)).toEqual(pairsThatOpen(document))
    expect(pairsTold(printed).length).toBeGreaterThan(50)
  })

  test('C3: the same holds of the HTML that people read', async () => {
    const html = noticeHtml(await notice(document, locale, host))
    const marked = [...html.matchAll(/data-purpose="([^"]+)" data-category="([^"]+)"/g)].map(([, p, c]) => `${p} ${c}`)
    expect([...new Set(marked)].sort()).toEqual(pairsThatOpen(document))
    for (const [, category, name] of html.matchAll(/data-category="([^"]+)">(?:<strong>)?([^<]+)/g)) {
      expect(name).toBe(textsOf(locale).categories[category as CategoryId].name)
    }
  })

  test('C3: a document that opens less is told as less', async () => {
    const { uses } = policy.purposes.account
    const account = { ...policy.purposes.account, uses: uses.filter((category) => category !== 'user.name') }
    const less: PolicyDocument = { ...document, purposes: { ...document.purposes, account } }
    const told = pairsTold(await notice(less, locale, NO_OPERATOR))
    expect(told).toEqual(pairsThatOpen(less))
    expect(told).not.toContain('account user.name')
  })

  test('C8: it has a short layer and nine parts, numbered by their place (G24), each reachable by its id', async () => {
    const printed = await notice(document, locale, host)
    expect(printed.short.lines.length).toBeGreaterThanOrEqual(6)
    expect(printed.parts.map(({ number }) => number)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9'])
    const html = noticeHtml(printed)
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target)
    for (const part of printed.parts) {
      expect(part.sections.map(({ number }) => number)).toEqual(
        part.sections.map((_, at) => `${part.number}.${at + 1}`),
      )
    }
  })

  test('C5: what is sensitive, separately asked or shared is bold wherever it stands as a term; nothing else is', async () => {
    const printed = await notice(document, locale, NO_OPERATOR)
    const { categories } = textsOf(locale)
    const grave = new Set(Object.entries(policy.categories).flatMap(([id, { grade }]) => (grade === 4 ? [id] : [])))
    for (const category of policy.recipients.sms_provider.gets) grave.add(category)
    // Publishing by a link is asked about separately (PIPL 25), and so is recording a call (C53).
    for (const purpose of ['share', 'record_calls'] as const)
      for (const category of policy.purposes[purpose].uses) grave.add(category)
    const names = new Map(Object.entries(categories).map(([id, { name }]) => [name, id]))
    let seen = 0
    for (const line of linesOf(printed)) {
      for (const { text, strong } of line) {
        const id = names.get(text)
        // In the text of a purpose the name of a category may stand as an ordinary word; as a term it stands alone.
        if (id !== undefined) expect([text, strong === true]).toEqual([text, grave.has(id)])
        if (strong === true) seen += 1
      }
    }
    expect(seen).toBeGreaterThan(5)
    const { texts } = { texts: textsOf(locale) }
    expect(noticeHtml(printed)).toContain(`<strong>${texts.categories['user.biometric.face_points'].name}</strong>`)
  })

  test('C5: a separately consented category becomes bold by the document alone, and so does a country abroad', async () => {
    const denoise = { ...policy.purposes.denoise, separate: true as const }
    const separate: PolicyDocument = { ...document, purposes: { ...document.purposes, denoise } }
    const { name } = textsOf(locale).categories['user.content.task']
    expect(noticeHtml(await notice(document, locale, host))).not.toContain(`<strong>${name}</strong>`)
    expect(noticeHtml(await notice(separate, locale, host))).toContain(`<strong>${name}</strong>`)
    expect(noticeHtml(await notice(document, locale, host))).toContain('<strong>DE</strong>')
    expect(noticeHtml(await notice(document, locale, { ...host, country: 'DE' }))).not.toContain('<strong>DE</strong>')
  })

  test('every category, kind, purpose, setting, permission, cookie, recipient, right and clock is told', async () => {
    const text = plain(await notice(document, locale, host))
    const headings = (await notice(document, locale, host)).parts.flatMap(({ sections }) =>
      sections.map(({ title }) => title),
    )
    const rows = JSON.stringify(await notice(document, locale, host))
    const texts = textsOf(locale)
    for (const { what } of Object.values(texts.kinds)) expect(text).toContain(what)
    for (const [id, { name, what }] of Object.entries(texts.categories)) {
      if (id.startsWith('user.')) expect(text).toContain(what)
      if (id.startsWith('user.')) expect(text).toContain(name)
    }
    for (const { name, why, without } of Object.values(texts.purposes)) {
      expect(headings).toContain(name)
      expect(text).toContain(why)
      expect(text).toContain(without)
    }
    for (const section of ['settings', 'permissions', 'cookies', 'recipients', 'rights'] as const) {
      for (const { name, what } of Object.values(texts[section])) {
        expect(text).toContain(what)
        expect(rows).toContain(name)
      }
    }
    for (const sentence of [...Object.values(texts.deadlines), ...Object.values(texts.exemptions)]) {
      expect(text).toContain(sentence)
    }
    for (const field of Object.keys(policy.log)) expect(text).toContain(field)
  })

  test('it says that nobody receives anything unless the host has set somebody up', async () => {
    const { sentences } = textsOf(locale)
    const alone = plain(await notice(document, locale, NO_OPERATOR))
    const connected = plain(await notice(document, locale, host))
    expect(alone).toContain(sentences.short.nobody)
    expect(alone).toContain(sentences.unconfigured)
    expect(connected).not.toContain(sentences.short.nobody)
    expect(connected).not.toContain(sentences.unconfigured)
    expect(connected).toContain('Text GmbH')
  })

  test('C1: version, date and content hash stand on top, and the hash is that of the content', async () => {
    const printed = await notice(document, locale, host)
    const { hash, version_line, ...body } = printed
    expect(hash).toBe(await contentHash(body))
    expect(noticeMarkdown(printed).split('\n')[2]).toContain(hash)
    for (const part of [policy.version, policy.effective, hash]) expect(version_line).toContain(part)
    expect((await notice(document, locale, host)).hash).toBe(hash)
    expect((await notice(document, locale, { ...host, contact: 'elsewhere' })).hash).not.toBe(hash)
    expect(JSON.parse(noticeJson(printed))).toEqual(printed)
  })

  test('C2: the host stands in it, written so that no name can become markup', async () => {
    const printed = await notice(document, locale, host)
    const html = noticeHtml(printed)
    expect(html).toContain('Sound &amp; &lt;Sons&gt;')
    expect(html).not.toContain('<Sons>')
    expect(noticeMarkdown(printed)).toContain('Sound & \\<Sons\\>')
    expect(html).not.toMatch(/<(script|style|img|iframe|link)\b/)
    expect(html).not.toMatch(/\b(src|style|on\w+)=/)
    const tags = [...html.matchAll(/<(\/?)(\w+)/g)]
    expect(tags.filter(([, close]) => close === '').length).toBe(tags.filter(([, close]) => close === '/').length)
  })

  test('a document with something that has no words is not printed with a gap', async () => {
    const strange: PolicyDocument = {
      ...document,
      kinds: {
        ...document.kinds,
        diary: { place: 'record', key: 'person', held_for: 'account', source: 'subject', fields: {} },
      },
    }
    await expect(notice(strange, locale, NO_OPERATOR)).rejects.toBeInstanceOf(MissingTextError)
  })
})

test('both languages tell the same', async () => {
  const [en, zh] = await Promise.all(LOCALES.map((locale) => notice(document, locale, host)))
  if (en === undefined || zh === undefined) throw new Error('there are two languages')
  expect(pairsTold(en)).toEqual(pairsTold(zh))
  expect(en.parts.map(({ sections }) => sections.map(({ id }) => id))).toEqual(
    zh.parts.map(({ sections }) => sections.map(({ id }) => id)),
  )
  expect(plain(zh)).not.toMatch(/undefined|\[object/)
  expect(plain(en)).not.toMatch(/undefined|\[object|[\u4e00-\u9fff]/)
})

test('the decisions that the pairs were asked of are those of the studio', () => {
  const purpose: PurposeId = 'account'
  expect(decide({ purpose, categories: ['user.name'], subject: 'ann', by: 'ann' }).allow).toBe(true)
})
