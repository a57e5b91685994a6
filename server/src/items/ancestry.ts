/** What an item was made of, and that of what: from the item itself back to the original. */
import type { Grant, Row } from '../gate/gate.ts'

type Reads = Pick<Grant<'keep_media'>, 'item'>

/** Results of results are followed so far; longer is a circle. */
const MOST_STEPS = 50

/** The item first; ends at an original, or where the source was erased. */
export async function* ancestry(mine: Reads, item: string): AsyncGenerator<Row<'keep_media', 'item'>> {
  let found = await mine.item.get(item)
  for (let step = 0; found && step < MOST_STEPS; step++) {
    yield found
    const source: string | undefined = found.made_from?.item
    found = source === undefined || source === found.id ? undefined : await mine.item.get(source)
  }
}

/** Whether a synthetic voice speaks in it: it was spoken, dubbed, or made of what was (GB 45438). */
export async function isSynthetic(mine: Reads, item: string): Promise<boolean> {
  for await (const { made_from } of ancestry(mine, item))
    if (made_from?.operation === 'save_speech' || made_from?.operation === 'dub') return true
  return false
}
