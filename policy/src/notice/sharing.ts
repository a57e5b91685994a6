/** Part 3: who else receives anything. Only those whom this host has set up are said to receive something. */
import { textFor } from '../text/catalogue.ts'
import { namesOf, type Unnumbered } from './collection.ts'
import { type Block, type Line, paragraph } from './notice.ts'
import type { Words } from './words.ts'

/** Ids of the recipients that are really set up: unconditional ones, and those the host has configured. */
export function activeRecipients(words: Words): readonly string[] {
  const configured = words.operator.recipients ?? {}
  return Object.entries(words.document.recipients)
    .filter(([id, recipient]) => recipient.only_if === undefined || Object.hasOwn(configured, id))
    .map(([id]) => id)
}

/** The name of a recipient: of whom the host has set up, with what it is. */
export function recipientName(words: Words, id: string): string {
  const { name } = textFor(words.locale, 'recipients', id)
  const configured = words.operator.recipients?.[id]
  return configured === undefined ? name : `${configured.legal_name}${words.texts.marks.aside(name)}`
}

function recipientBlocks(words: Words, id: string): Block[] {
  const recipient = words.document.recipients[id]
  if (recipient === undefined) throw new Error(`the policy has no recipient '${id}'`)
  const { labels, sentences } = words.texts
  const configured = words.operator.recipients?.[id]
  const country = configured?.country ?? recipient.country
  const rows: { label: string; line: Line }[] = [
    { label: labels.receives, line: namesOf(words, recipient.gets) },
    { label: labels.purpose, line: [{ text: textFor(words.locale, 'purposes', recipient.purpose).name }] },
    { label: labels.agreement, line: [{ text: recipient.agreement, code: true }] },
  ]
  if (configured !== undefined || recipient.only_if === undefined) {
    const abroad = words.operator.country !== undefined && words.operator.country !== country
    const line: Line = abroad
      ? [{ text: country, strong: true }, { text: ' ' }, { text: sentences.abroad, strong: true }]
      : [{ text: country }]
    rows.push({ label: labels.country, line })
  }
  if (configured?.contact !== undefined) rows.push({ label: labels.contact, line: [{ text: configured.contact }] })
  const active = activeRecipients(words).includes(id)
  return [
    paragraph(textFor(words.locale, 'recipients', id).what),
    ...(active ? [] : [paragraph(sentences.unconfigured)]),
    { type: 'rows', rows },
  ]
}

/** The sections of part 3. */
export function sharing(words: Words): Unnumbered[] {
  const { document, texts } = words
  const ids = Object.keys(document.recipients)
  const empty = activeRecipients(words).length === 0
  const sections = ids.map((id) => ({
    id: `recipient-${id}`,
    title: recipientName(words, id),
    blocks: recipientBlocks(words, id),
  }))
  const opening: Block[] = [paragraph(texts.sentences.no_sale)]
  if (empty) opening.unshift(paragraph(ids.length === 0 ? texts.sentences.no_recipient : texts.sentences.unconfigured))
  return [{ id: 'recipients', title: texts.labels.recipients_section, blocks: opening }, ...sections]
}
