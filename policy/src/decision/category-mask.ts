/** A set of categories as bits, 31 to a word, so that a subset test is a few machine operations. */

/** A set of categories. Make it with `categoryMask`; it means something only to the document it was made for. */
export type CategoryMask = { readonly words: readonly number[] }

const BITS = 31

/** Makes sets over a fixed list of categories. An unknown category gives `undefined`. */
export function maskMaker(all: readonly string[]): (categories: Iterable<string>) => CategoryMask | undefined {
  const index = new Map(all.map((category, position) => [category, position]))
  const size = Math.ceil(all.length / BITS)
  return (categories) => {
    const words = new Array<number>(size).fill(0)
    for (const category of categories) {
      const position = index.get(category)
      if (position === undefined) return undefined
      const word = Math.floor(position / BITS)
      words[word] = (words[word] ?? 0) | (1 << (position % BITS))
    }
    return { words }
  }
}

/** Says whether every category of `part` is in `whole`. */
export function isSubset(part: CategoryMask, whole: CategoryMask): boolean {
  const { words } = part
  for (let at = 0; at < words.length; at++) {
    if (((words[at] ?? 0) & ~(whole.words[at] ?? 0)) !== 0) return false
  }
  return true
}
