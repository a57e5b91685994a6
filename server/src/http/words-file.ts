/** Words as a file. */
import { type Transcript, type WordFormat, writeWords } from '@sotto/media/words'

/** Bytes of the words in a format; the makers of documents are loaded when somebody wants one. */
export async function wordsFile(
  format: WordFormat | 'docx' | 'pdf',
  words: Transcript,
  options: { readonly title: string; readonly made: Date },
): Promise<Buffer> {
  const document = { ...options, times: true }
  if (format === 'docx')
    return Buffer.from(await (await import('@sotto/media/document/docx')).writeDocx(words, document))
  if (format === 'pdf') return Buffer.from(await (await import('@sotto/media/document/pdf')).writePdf(words, document))
  return Buffer.from(writeWords(words, format))
}
