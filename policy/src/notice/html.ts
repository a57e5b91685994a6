/** The notice as HTML. */
import type { Block, Line, Notice } from './notice.ts'

function quoted(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

function line(pieces: Line): string {
  return pieces
    .map(({ text, strong, code, pair }) => {
      let html = quoted(text)
      if (code === true) html = `<code>${html}</code>`
      if (strong === true) html = `<strong>${html}</strong>`
      if (pair === undefined) return html
      return `<span data-purpose="${quoted(pair.purpose)}" data-category="${quoted(pair.category)}">${html}</span>`
    })
    .join('')
}

function block(part: Block): string {
  if (part.type === 'paragraph') return `<p>${line(part.line)}</p>`
  if (part.type === 'list') return `<ul>${part.lines.map((item) => `<li>${line(item)}</li>`).join('')}</ul>`
  return `<dl>${part.rows.map((row) => `<dt>${quoted(row.label)}</dt><dd>${line(row.line)}</dd>`).join('')}</dl>`
}

/**
 * Writes a notice as one HTML `<article>`, ready to stand in a page: no scripts, no styles, nothing from elsewhere.
 * Uses are marked with `data-purpose` and `data-category`; every part and section can be linked to by its id.
 */
export function noticeHtml(notice: Notice): string {
  const contents = notice.parts.map((part) => `<li><a href="#${part.id}">${quoted(part.title)}</a></li>`).join('')
  const parts = notice.parts.map((part) => {
    const sections = part.sections.map(
      (section) =>
        `<section id="${section.id}"><h3>${section.number} ${quoted(section.title)}</h3>${section.blocks.map(block).join('')}</section>`,
    )
    return `<section id="${part.id}"><h2>${part.number} ${quoted(part.title)}</h2>${part.blocks.map(block).join('')}${sections.join('')}</section>`
  })
  return [
    `<article lang="${notice.locale}" data-version="${quoted(notice.version)}" data-hash="${notice.hash}">`,
    `<h1>${quoted(notice.title)}</h1>`,
    `<p class="version">${quoted(notice.version_line)}</p>`,
    `<section id="short"><h2>${quoted(notice.short.title)}</h2><ul>${notice.short.lines.map((item) => `<li>${line(item)}</li>`).join('')}</ul></section>`,
    `<nav aria-label="${quoted(notice.contents_title)}"><h2>${quoted(notice.contents_title)}</h2><ol>${contents}</ol></nav>`,
    ...parts,
    '</article>',
  ].join('\n')
}
