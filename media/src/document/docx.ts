import { Document, HeadingLevel, Packer, Paragraph, TextRun } from 'docx'
import { clockOf, textParagraphs } from '../words/paragraph.ts'
import type { Transcript } from '../words/transcript.ts'
import type { DocumentOptions } from './document.ts'

/** Grey of what is beside the words. */
const BESIDE = '6B6B6B'

/**
 * Words as a Word document (ISO/IEC 29500): title, then paragraphs with time and speaker. Fonts are those of the reader's
 * machine; Chinese is marked as such, so that it finds one.
 */
export async function writeDocx(transcript: Transcript, options: DocumentOptions): Promise<Uint8Array> {
  const language = { value: transcript.language === 'und' ? 'en-US' : transcript.language, eastAsia: 'zh-CN' }
  const paragraphs = textParagraphs(transcript).map(
    ({ start, speaker, text }) =>
      new Paragraph({
        spacing: { after: 200, line: 300 },
        children: [
          ...(options.times ? [new TextRun({ text: `${clockOf(start)}  `, color: BESIDE, size: 18 })] : []),
          ...(speaker === undefined ? [] : [new TextRun({ text: `${speaker}: `, bold: true, language })]),
          new TextRun({ text, language }),
        ],
      }),
  )
  const document = new Document({
    title: options.title,
    creator: 'Sotto',
    styles: { default: { document: { run: { size: 22, font: { name: 'Calibri', eastAsia: 'Microsoft YaHei' } } } } },
    sections: [
      {
        children: [
          new Paragraph({ text: options.title, heading: HeadingLevel.HEADING_1 }),
          ...(options.notes ?? []).map(
            (note) => new Paragraph({ children: [new TextRun({ text: note, color: BESIDE, size: 18 })] }),
          ),
          ...paragraphs,
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}
