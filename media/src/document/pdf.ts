import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import * as fontkit from 'fontkit'
import PDFDocument from 'pdfkit'
import { BadRequestError, EngineMissingError } from '../error.ts'
import { clockOf, textParagraphs } from '../words/paragraph.ts'
import type { Transcript } from '../words/transcript.ts'
import type { DocumentOptions } from './document.ts'

/** Points: A4 with margins of 2.2 cm; times stand in a column of their own. */
const MARGIN = 62
const TIMES = 48
const SIZE = 10.5

/** Noto Sans for simplified Chinese (OFL-1.1), which has Latin, Greek, Cyrillic and kana too. */
function fontFile(weight: 'Regular' | 'Bold'): string {
  const require = createRequire(import.meta.url)
  const roots = require.resolve.paths('@embedpdf/fonts-sc') ?? []
  const name = `NotoSansHans-${weight}.otf`
  const found = roots.map((root) => join(root, '@embedpdf/fonts-sc/fonts', name)).find((path) => existsSync(path))
  if (found === undefined)
    throw new EngineMissingError('the font of PDF files is not installed: npm install @embedpdf/fonts-sc@1.0.0')
  return found
}

/**
 * Words as a PDF (ISO 32000), A4: title, then paragraphs with time and speaker, numbered pages. The glyphs that are used
 * are embedded, so it looks the same everywhere, Chinese too.
 * @throws EngineMissingError without the font
 * @throws BadRequestError where the font has no glyphs for a script (Arabic, Thai, Hangul, ...)
 */
export async function writePdf(transcript: Transcript, options: DocumentOptions): Promise<Uint8Array> {
  const paragraphs = textParagraphs(transcript)
  const [regular, bold] = [readFileSync(fontFile('Regular')), readFileSync(fontFile('Bold'))]
  mustHave(
    regular,
    [options.title, ...(options.notes ?? []), ...paragraphs.flatMap(({ speaker = '', text }) => [speaker, text])].join(
      '',
    ),
  )
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    bufferPages: true,
    info: { Title: options.title, Creator: 'Sotto', CreationDate: options.made },
    lang: transcript.language,
  })
  const parts: Uint8Array[] = []
  document.on('data', (part: Uint8Array) => parts.push(part))
  const ended = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject))
  document.registerFont('regular', regular).registerFont('bold', bold)
  document.font('bold').fontSize(18).text(options.title).moveDown(1)
  for (const note of options.notes ?? [])
    document.font('regular').fontSize(9).fillColor('#6b6b6b').text(note, { lineGap: 2 }).moveDown(0.3)
  if (options.notes?.length) document.moveDown(0.7)
  const left = MARGIN + (options.times ? TIMES : 0)
  const width = document.page.width - MARGIN - left
  for (const [index, { start, speaker, text }] of paragraphs.entries()) {
    // A long transcript is hundreds of pages: others get their turn in between.
    if (index % 50 === 49) await new Promise(setImmediate)
    document.font('regular').fontSize(SIZE)
    const room = document.page.height - MARGIN - 2 * SIZE
    if (document.y > room) document.addPage()
    const top = document.y
    if (options.times)
      document
        .fillColor('#6b6b6b')
        .fontSize(8.5)
        .text(clockOf(start), MARGIN, top + 1.5, { width: TIMES, lineBreak: false })
    document.fillColor('black').fontSize(SIZE)
    if (speaker !== undefined) document.font('bold').text(`${speaker}: `, left, top, { width, continued: true })
    document.font('regular')
    if (speaker === undefined) document.text(text, left, top, { width, lineGap: 3 })
    else document.text(text, { width, lineGap: 3 })
    document.moveDown(0.7)
  }
  const pages = document.bufferedPageRange()
  for (let page = pages.start; page < pages.start + pages.count; page++) {
    document.switchToPage(page)
    // In the bottom margin, where text would else begin a new page.
    document.page.margins.bottom = 0
    document
      .font('regular')
      .fontSize(8.5)
      .fillColor('#6b6b6b')
      .text(String(page + 1), MARGIN, document.page.height - MARGIN / 2 - 8, {
        width: document.page.width - 2 * MARGIN,
        align: 'center',
        lineBreak: false,
      })
  }
  document.end()
  await ended
  return new Uint8Array(Buffer.concat(parts))
}

/** Nothing is written as an empty box without a word about it. */
function mustHave(font: Buffer, text: string): void {
  const face = fontkit.create(font)
  if (!('hasGlyphForCodePoint' in face)) throw new EngineMissingError('the font of PDF files is not one face')
  for (const character of new Set(text)) {
    const point = character.codePointAt(0) ?? 0
    if (/\s|\p{C}/u.test(character) || face.hasGlyphForCodePoint(point)) continue
    throw new BadRequestError(`the font of PDF files has no ${character} (U+${point.toString(16)}); docx can hold it`)
  }
}
