/** A line of the notice; what the policy marks as deserving a second look is emphasised (C5). */
import type { Notice } from '@sotto/policy'

/** A line made of pieces, as the policy prints them. */
export type PrintedLine = Notice['short']['lines'][number]

/** Text, code and emphasis; nothing else can be in a line, so nothing can be injected. */
export function NoticeLine({ line }: { line: PrintedLine }) {
  return line.map((piece, index) => {
    const Inline = piece.code ? 'code' : piece.strong ? 'strong' : 'span'
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one printed line never move
    return <Inline key={index}>{piece.text}</Inline>
  })
}
