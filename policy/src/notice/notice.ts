/** The structure of a notice: what is said, before it is written as HTML, Markdown or JSON. */
import type { Locale, PartId } from '../text/texts.ts'

/** A piece of text. `strong` is derived, never typed by hand (C5). `pair` marks a use: this purpose, this category. */
export interface Inline {
  readonly text: string
  readonly strong?: true
  readonly code?: true
  readonly pair?: { readonly purpose: string; readonly category: string }
}

/** A line of text made of pieces. */
export type Line = readonly Inline[]

/** A paragraph, a list, or rows of label and value. */
export type Block =
  | { readonly type: 'paragraph'; readonly line: Line }
  | { readonly type: 'list'; readonly lines: readonly Line[] }
  | { readonly type: 'rows'; readonly rows: readonly { readonly label: string; readonly line: Line }[] }

/** A section of a part. `number` is derived from its place (G24). */
export interface Section {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly blocks: readonly Block[]
}

/** One of the nine parts (C8). */
export interface Part {
  readonly id: PartId
  readonly number: string
  readonly title: string
  readonly blocks: readonly Block[]
  readonly sections: readonly Section[]
}

/** A whole notice. `hash` is the content hash of everything else in it (C1). */
export interface Notice {
  readonly locale: Locale
  readonly title: string
  readonly version: string
  readonly effective: string
  readonly hash: string
  readonly version_line: string
  /** The first layer (dpv:LayeredNotice): the whole in a few lines. */
  readonly short: { readonly title: string; readonly lines: readonly Line[] }
  readonly contents_title: string
  readonly parts: readonly Part[]
}

/** A paragraph of plain text. */
export function paragraph(text: string): Block {
  return { type: 'paragraph', line: [{ text }] }
}

/** Every line of a notice, in order. */
export function* linesOf(notice: Notice): Generator<Line> {
  yield* notice.short.lines
  for (const part of notice.parts) {
    for (const block of [...part.blocks, ...part.sections.flatMap((section) => section.blocks)]) {
      if (block.type === 'paragraph') yield block.line
      else if (block.type === 'list') yield* block.lines
      else for (const row of block.rows) yield row.line
    }
  }
}

/** The (purpose, category) pairs that a notice tells people about, as `purpose category`, each once, sorted (C3). */
export function pairsTold(notice: Notice): readonly string[] {
  const pairs = new Set<string>()
  for (const line of linesOf(notice)) {
    for (const { pair } of line) if (pair !== undefined) pairs.add(`${pair.purpose} ${pair.category}`)
  }
  return [...pairs].sort()
}
