/** Between places in the drawn text and words: the paragraphs carry their number in `data-paragraph`. */
import { offsetsOf, type Paragraph, paragraphOf, wordAtOffset } from './paragraphs.ts'

function paragraphElement(node: Node | null): HTMLElement | null {
  const element = node instanceof HTMLElement ? node : (node?.parentElement ?? null)
  return element?.closest<HTMLElement>('[data-paragraph]') ?? null
}

/** The word at a place in the text, or null where the place is in no paragraph. */
export function wordAtPlace(paragraphs: readonly Paragraph[], node: Node, offset: number): number | null {
  const element = paragraphElement(node)
  const paragraph = paragraphs[Number(element?.dataset.paragraph ?? Number.NaN)]
  if (!element || !paragraph) return null
  const range = document.createRange()
  range.setStart(element, 0)
  range.setEnd(node, offset)
  return wordAtOffset(paragraph, range.toString().length)
}

/** The word under a point of the window. */
export function wordAtPoint(paragraphs: readonly Paragraph[], x: number, y: number): number | null {
  // Safari before 26 has only the older name
  const older = document as unknown as { caretRangeFromPoint?(x: number, y: number): Range | null }
  const place = document.caretPositionFromPoint?.(x, y)
  if (place) return wordAtPlace(paragraphs, place.offsetNode, place.offset)
  const range = older.caretRangeFromPoint?.(x, y)
  return range ? wordAtPlace(paragraphs, range.startContainer, range.startOffset) : null
}

function textPlace(element: HTMLElement, offset: number): [Node, number] | null {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  let left = offset
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0
    if (left <= length) return [node, left]
    left -= length
  }
  return null
}

/** The drawn text of the words `[from, to)`: one range for each paragraph they are in. */
export function rangesOfWords(root: HTMLElement, paragraphs: readonly Paragraph[], from: number, to: number): Range[] {
  const ranges: Range[] = []
  for (let index = paragraphOf(paragraphs, from); index < paragraphs.length; index += 1) {
    const paragraph = paragraphs[index]
    if (!paragraph || paragraph.from >= to) break
    const offsets = offsetsOf(paragraph, from, to)
    const element = root.querySelector<HTMLElement>(`[data-paragraph="${index}"]`)
    const start = element && offsets && textPlace(element, offsets.start)
    const end = element && offsets && textPlace(element, offsets.end)
    if (!start || !end) continue
    const range = document.createRange()
    range.setStart(...start)
    range.setEnd(...end)
    ranges.push(range)
  }
  return ranges
}

/** Paints ranges under a name of `::highlight()`; a browser without the API paints nothing. */
export function paint(name: 'playing' | 'chosen', ranges: readonly Range[]): void {
  if (typeof CSS === 'undefined' || !('highlights' in CSS)) return
  if (ranges.length === 0) CSS.highlights.delete(name)
  else CSS.highlights.set(name, new Highlight(...ranges))
}
