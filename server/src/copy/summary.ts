/** The summary of a copy: a PDF that a person reads without any program of ours, in their language (PDF 1.7, tagged). */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { dataMap, type Locale, mask, policy } from '@sotto/policy'
import PDFDocument from 'pdfkit'
import type { CopiedRecords, CopiedRow } from './records.ts'

/** The font for Chinese is not installed: without it a Chinese summary would be empty boxes. */
export class FontMissingError extends Error {
  override name = 'FontMissingError'
  readonly code = 'engine_missing'
}

const WORDS = {
  en: {
    title: 'What the studio holds about you',
    made: (when: string, version: string) => `Made ${when} UTC, under version ${version} of the policy.`,
    lead: 'Everything listed here is whole in records.json, and each recording is a file in the folder media.',
    kind: (name: string, count: number) => `${name}: ${count}`,
    from: 'From',
    keep: 'Stays',
    purposes: 'Used for',
    recordings: 'Your recordings',
    none: 'none',
    more: (count: number) => `and ${count} more`,
    openings: (count: number) => `Your data was opened ${count} times; each time stands in records.json.`,
  },
  'zh-CN': {
    title: '工作室保存的关于您的内容',
    made: (when: string, version: string) => `生成于 ${when} UTC，依据政策版本 ${version}。`,
    lead: '此处所列的一切在 records.json 中均为完整内容，每条录音是 media 文件夹中的一个文件。',
    kind: (name: string, count: number) => `${name}：${count}`,
    from: '来源',
    keep: '保存',
    purposes: '用于',
    recordings: '您的录音',
    none: '无',
    more: (count: number) => `另有 ${count} 条`,
    openings: (count: number) => `您的数据被打开过 ${count} 次，每一次都记在 records.json 中。`,
  },
} as const

/** Recordings that are listed by name; the rest stands in the records. */
const NAMED = 500

const FONT = 'NotoSansHans-Regular.otf'

/** Where the font is: Noto Sans Hans (OFL 1.1), which has Latin letters too. @throws FontMissingError */
function fontFile(): string {
  // The package names no way to the file itself, so it is looked for beside its entry.
  for (const directory of createRequire(import.meta.url).resolve.paths('@embedpdf/fonts-sc') ?? []) {
    const file = join(directory, '@embedpdf', 'fonts-sc', 'fonts', FONT)
    if (existsSync(file)) return file
  }
  throw new FontMissingError('the font @embedpdf/fonts-sc is not installed')
}

/** The PDF, whole: it holds names and counts, never a recording. @throws FontMissingError */
export async function summaryPdf(copied: CopiedRecords, locale: Locale): Promise<Buffer> {
  const words = WORDS[locale]
  const document = new PDFDocument({
    size: 'A4',
    margin: 56,
    lang: locale,
    tagged: true,
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: words.title, CreationDate: new Date(copied.made_at) },
  })
  const pieces: Buffer[] = []
  document.on('data', (piece: Buffer) => pieces.push(piece))
  const ended = new Promise<void>((resolve, reject) => document.once('end', resolve).once('error', reject))
  document.registerFont('text', fontFile())
  document.font('text')
  const line = (text: string, size = 10, gap = 4) =>
    document
      .fontSize(size)
      .text(text, { lineGap: 2 })
      .moveDown(gap / 10)

  line(words.title, 20, 6)
  line(words.made(copied.made_at.slice(0, 16).replace('T', ' '), copied.policy))
  line(words.lead, 10, 10)
  for (const kind of dataMap(policy, locale)) {
    const rows = copied.records[kind.kind] ?? []
    if (rows.length === 0) continue
    line(words.kind(kind.name, rows.length), 13, 2)
    line(kind.what)
    line(`${words.from}: ${kind.source} · ${words.keep}: ${kind.keep}`)
    line(`${words.purposes}: ${kind.purposes.map(({ name }) => name).join(locale === 'en' ? ', ' : '、')}`, 10, 8)
  }
  line(words.recordings, 13, 2)
  const items = copied.records.item ?? []
  for (const item of items.slice(0, NAMED)) line(nameOf(item))
  if (items.length === 0) line(words.none)
  if (items.length > NAMED) line(words.more(items.length - NAMED))
  for (const { phone_number } of (copied.records.identifier ?? []) as { phone_number?: string }[])
    if (phone_number) line(mask('user.contact.phone_number', phone_number))
  line(words.openings((copied.records.opening ?? []).length), 10, 8)
  document.end()
  await ended
  return Buffer.concat(pieces)
}

/** A name as a line: control characters would break the page. */
function nameOf(item: CopiedRow): string {
  return String(item.name ?? '').replace(/\p{Cc}/gu, ' ')
}
