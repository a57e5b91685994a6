/** The notice as Markdown (CommonMark). */
import { textsOf } from '../text/catalogue.ts'
import type { Block, Line, Notice } from './notice.ts'

function quoted(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, '\\$&')
}

function line(pieces: Line): string {
  return pieces
    .map(({ text, strong, code }) => {
      const written = code === true ? `\`${text}\`` : quoted(text)
      return strong === true ? `**${written}**` : written
    })
    .join('')
}

function block(part: Block, colon: string): string {
  if (part.type === 'paragraph') return line(part.line)
  if (part.type === 'list') return part.lines.map((item) => `- ${line(item)}`).join('\n')
  return part.rows.map((row) => `- ${quoted(row.label)}${colon}${line(row.line)}`).join('\n')
}

/** Writes a notice as Markdown, for a terminal or a repository. Ends with a line break. */
export function noticeMarkdown(notice: Notice): string {
  const { colon } = textsOf(notice.locale).marks
  const write = (part: Block): string => block(part, colon)
  const paragraphs = [
    `# ${quoted(notice.title)}`,
    quoted(notice.version_line),
    `## ${quoted(notice.short.title)}`,
    notice.short.lines.map((item) => `- ${line(item)}`).join('\n'),
  ]
  for (const part of notice.parts) {
    paragraphs.push(`## ${part.number} ${quoted(part.title)}`, ...part.blocks.map(write))
    for (const section of part.sections) {
      paragraphs.push(`### ${section.number} ${quoted(section.title)}`, ...section.blocks.map(write))
    }
  }
  return `${paragraphs.join('\n\n')}\n`
}
