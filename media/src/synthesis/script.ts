import { strFromU8, unzipSync } from 'fflate'
import { BadRequestError } from '../error.ts'
import { parseSrt } from '../words/srt.ts'

/** Most bytes a text to be spoken may have, and most after a docx was unpacked. */
const MOST_BYTES = 20 * 2 ** 20
const MOST_UNPACKED = 64 * 2 ** 20

/** Paragraphs of a plain text: parted by empty lines; where there is none, each line is one. */
export function paragraphsOf(text: string): string[] {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const blocks = /\n[ \t]*\n/.test(plain.trim()) ? plain.split(/\n(?:[ \t]*\n)+/) : plain.split('\n')
  return blocks.map((block) => block.replace(/\s+/gu, ' ').trim()).filter(Boolean)
}

/** Paragraphs of a file: txt, srt (a cue each) or docx, told by its name. @throws BadRequestError when it is none of them */
export function paragraphsOfFile(name: string, bytes: Uint8Array): string[] {
  if (bytes.length > MOST_BYTES) throw new BadRequestError('the text is too long')
  if (/\.docx$/i.test(name)) return paragraphsOfDocx(bytes)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new BadRequestError('the text is not UTF-8')
  }
  if (/\.srt$/i.test(name)) return parseSrt(text).map((cue) => cue.lines.join(' ').replace(/<[^>]*>/g, ''))
  return paragraphsOf(text)
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Running text of a Word document (ECMA-376): `w:t` of each `w:p`, deleted and hidden parts left out. */
function paragraphsOfDocx(bytes: Uint8Array): string[] {
  let document: string
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (name !== 'word/document.xml') return false
        if (originalSize > MOST_UNPACKED) throw new BadRequestError('the text is too long')
        return true
      },
    })
    const main = files['word/document.xml']
    if (!main) throw new BadRequestError('this is no Word document')
    document = strFromU8(main)
  } catch (error) {
    throw error instanceof BadRequestError ? error : new BadRequestError('this is no Word document')
  }
  return document
    .split(/<w:p[ >]/)
    .slice(1)
    .map((paragraph) =>
      [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:(?:tab|br|cr)\b[^>]*\/>/g)]
        .map(([, text]) => text ?? ' ')
        .join('')
        .replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name) =>
          name
            ? (entities[name] ?? whole)
            : String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(decimal ?? hex, decimal ? 10 : 16))),
        )
        .replace(/\s+/gu, ' ')
        .trim(),
    )
    .filter(Boolean)
}
