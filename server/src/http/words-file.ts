/** Words as a file. */
import { writtenNotices } from '@sotto/media/synthesis/label'
import { type Transcript, type WordFormat, writeWords } from '@sotto/media/words'

/** What stands in the file beside the words. `notes`: what a reader must know, such as that a call was agreed to. */
export interface WordsFileOptions {
  readonly title: string
  readonly made: Date
  readonly notes?: readonly string[]
}

/** That a synthetic voice speaks, in the language of the words where there is a form of it, else in English. */
export function syntheticNote(language: string): string {
  return writtenNotices[language] ?? (writtenNotices.en as string)
}

/** Bytes of the words in a format; the makers of documents are loaded when somebody wants one. */
export async function wordsFile(
  format: WordFormat | 'docx' | 'pdf',
  words: Transcript,
  options: WordsFileOptions,
): Promise<Buffer> {
  const document = { ...options, times: true }
  if (format === 'docx')
    return Buffer.from(await (await import('@sotto/media/document/docx')).writeDocx(words, document))
  if (format === 'pdf') return Buffer.from(await (await import('@sotto/media/document/pdf')).writePdf(words, document))
  return Buffer.from(noted(writeWords(words, format), format, options.notes ?? []))
}

/** SubRip has no place for a note. */
function noted(text: string, format: WordFormat, notes: readonly string[]): string {
  if (notes.length === 0 || format === 'srt') return text
  if (format === 'txt') return `${notes.join('\n')}\n\n${text}`
  if (format === 'json') return `${JSON.stringify({ notes, ...(JSON.parse(text) as object) }, null, 2)}\n`
  // A note of WebVTT ends at an empty line and may not hold an arrow.
  const note = `NOTE\n${notes.map((line) => line.replaceAll('-->', '→').replaceAll(/\s+/g, ' ')).join('\n')}\n\n`
  const head = text.indexOf('\n\n') + 2
  return text.slice(0, head) + note + text.slice(head)
}
