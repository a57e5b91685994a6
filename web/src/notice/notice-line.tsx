/** A line of the notice; what the policy marks as deserving a second look is emphasised (C5). */

/** One of them, from here or over the wire. */
interface PrintedPiece {
  readonly text: string
  readonly strong?: true | undefined
  readonly code?: true | undefined
}

/** Text, code and emphasis; nothing else can be in a line, so nothing can be injected. */
export function NoticeLine({ line }: { line: readonly PrintedPiece[] }) {
  return line.map((piece, index) => {
    const Inline = piece.code ? 'code' : piece.strong ? 'strong' : 'span'
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one printed line never move
    return <Inline key={index}>{piece.text}</Inline>
  })
}
