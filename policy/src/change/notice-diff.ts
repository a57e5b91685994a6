/** Where two printed notices differ, section by section and line by line (C249, C257). */
import type { Block, Line, Notice } from '../notice/notice.ts'

/** One part or section whose text is another. `id` is its anchor in the later notice (the earlier one if it is gone). */
export interface SectionChange {
  readonly id: string
  readonly title: string
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

const plain = (line: Line): string => line.map(({ text }) => text).join('')

function linesOfBlocks(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    if (block.type === 'paragraph') return [plain(block.line)]
    if (block.type === 'list') return block.lines.map(plain)
    return block.rows.map(({ label, line }) => `${label}\u2003${plain(line)}`)
  })
}

interface Text {
  readonly title: string
  readonly lines: readonly string[]
}

function sectionsOf(notice: Notice): Map<string, Text> {
  const all = new Map<string, Text>([['short', { title: notice.short.title, lines: notice.short.lines.map(plain) }]])
  for (const part of notice.parts) {
    all.set(part.id, { title: part.title, lines: linesOfBlocks(part.blocks) })
    for (const { id, title, blocks } of part.sections) all.set(id, { title, lines: linesOfBlocks(blocks) })
  }
  return all
}

/** The sections that differ, in the order of the later notice, then those that are gone. */
export function noticeChanges(before: Notice, after: Notice): readonly SectionChange[] {
  const [old, now] = [sectionsOf(before), sectionsOf(after)]
  const changes: SectionChange[] = []
  for (const id of new Set([...now.keys(), ...old.keys()])) {
    const [was, is] = [old.get(id), now.get(id)]
    const added = (is?.lines ?? []).filter((line) => !was?.lines.includes(line))
    const removed = (was?.lines ?? []).filter((line) => !is?.lines.includes(line))
    const gone = was === undefined || is === undefined
    if (gone || added.length > 0 || removed.length > 0)
      changes.push({ id, title: is?.title ?? was?.title ?? id, added, removed })
  }
  return changes
}
