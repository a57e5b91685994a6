/** @module Printing the notice from the policy document. */
import { contentHash } from '../digest/content-hash.ts'
import type { PolicyDocument } from '../language/document.ts'
import type { Operator } from '../operator/operator.ts'
import { textFor } from '../text/catalogue.ts'
import { type Locale, PART_IDS, type PartId } from '../text/texts.ts'
import { browser } from './browser.ts'
import { collection, namesOf, type Unnumbered } from './collection.ts'
import { keeping } from './keeping.ts'
import { type Block, type Inline, type Line, type Notice, type Part, paragraph } from './notice.ts'
import { rightsSections } from './rights.ts'
import { activeRecipients, recipientName, sharing } from './sharing.ts'
import { type Words, wordsOf } from './words.ts'

function contactBlocks(words: Words): Block[] {
  const { operator, texts } = words
  const { labels, sentences } = texts
  if (operator.legal_name.trim() === '') return [paragraph(sentences.no_operator)]
  const facts = [
    [labels.operator, operator.legal_name],
    [labels.officer, operator.officer],
    [labels.contact, operator.contact],
    [labels.address, operator.address ?? ''],
    [labels.authority, operator.authority ?? ''],
  ] as const
  const rows = facts.filter(([, text]) => text !== '').map(([label, text]) => ({ label, line: [{ text }] }))
  return [{ type: 'rows', rows }, paragraph(sentences.contact(words.within('complaint_answer')))]
}

const SECTIONS: Readonly<Partial<Record<PartId, (words: Words) => Unnumbered[]>>> = {
  collection,
  browser,
  sharing,
  keeping,
  rights: rightsSections,
}

const CLOSING: Readonly<Partial<Record<PartId, (words: Words) => Block[]>>> = {
  changes: ({ texts }) => texts.sentences.major.map(paragraph),
  contact: contactBlocks,
}

function part(words: Words, id: PartId, index: number): Part {
  const { title, intro } = words.texts.parts[id]
  const number = String(index + 1)
  const sections = SECTIONS[id]?.(words) ?? []
  return {
    id,
    number,
    title,
    blocks: [...intro.map(paragraph), ...(CLOSING[id]?.(words) ?? [])],
    sections: sections.map((section, at) => ({ ...section, number: `${number}.${at + 1}` })),
  }
}

/** A sentence made with pieces in place of one of its words, so that the pieces keep their emphasis. */
function sentenceWith(sentence: (word: string) => string, pieces: readonly Inline[]): Line {
  const [before = '', after = ''] = sentence('\u0000').split('\u0000')
  return [{ text: before }, ...pieces, { text: after }]
}

function shortLayer(words: Words): Line[] {
  const { document, locale, texts } = words
  const { short } = texts.sentences
  const ids = Object.keys(document.categories)
  const never = ids.filter((id) => document.categories[id]?.collected === 'never')
  // What the person puts in: the content that somebody's kinds hold.
  const held = new Set(
    Object.values(document.kinds).flatMap(({ fields }) => Object.values(fields).map((f) => f.category)),
  )
  const content = ids.filter(
    (id) => held.has(id) && id.startsWith('user.content.') && document.categories[id]?.grade === 3,
  )
  const asked = Object.entries(document.purposes).filter(([, purpose]) => purpose.basis === 'consent')
  const recipients = activeRecipients(words).map((id): Inline => ({ text: recipientName(words, id), strong: true }))
  const lines: Line[] = [
    sentenceWith(short.what, namesOf(words, content)),
    [{ text: short.where }],
    [{ text: short.sealed }],
  ]
  if (asked.length > 0) {
    lines.push([{ text: short.consent(texts.join(asked.map(([id]) => textFor(locale, 'purposes', id).name))) }])
  }
  lines.push(recipients.length === 0 ? [{ text: short.nobody }] : sentenceWith(short.somebody, recipients))
  if (never.length > 0) lines.push(sentenceWith(short.never, namesOf(words, never)))
  lines.push([{ text: short.erase(words.within('key_copies_gone')) }], [{ text: short.refuse }])
  return lines
}

/**
 * Prints the notice of a policy in a language, for a host: the short layer, then the nine parts (C3, C5, C8, G24).
 * Nothing in it is written anywhere but in the document, the texts and the host's configuration.
 * @throws MissingTextError when the document has a thing without words.
 */
export async function notice(document: PolicyDocument, locale: Locale, operator: Operator): Promise<Notice> {
  const words = wordsOf(document, locale, operator)
  const { texts } = words
  const body = {
    locale,
    title: texts.title,
    version: document.version,
    effective: document.effective,
    short: { title: texts.short_title, lines: shortLayer(words) },
    contents_title: texts.contents_title,
    parts: PART_IDS.map((id, index) => part(words, id, index)),
  }
  const hash = await contentHash(body)
  return { ...body, hash, version_line: texts.version_line(document.version, document.effective, hash) }
}
