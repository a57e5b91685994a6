/** The words of an item as its person left them: corrected, cut and put in order. */
import { cutTranscript, type Transcript } from '@sotto/media/words'
import type { Grant } from '../gate/gate.ts'

type Reads = Pick<Grant<'keep_media'>, 'transcript' | 'edit'>

/** Undefined where there are none yet. */
export async function editedWords(mine: Reads, item: string): Promise<Transcript | undefined> {
  const [found] = await mine.transcript.list({ item })
  if (!found) return undefined
  const [edit] = await mine.edit.list({ item })
  const { language, model, duration, complete } = found
  const segments = (edit?.segments ?? found.segments).map((s) => ({ ...s, words: [...s.words] }))
  const cuts = (edit?.cuts ?? []).map(([start, end]) => ({ start, end }))
  const corrected = { language, model, duration, complete, segments }
  const order = (edit?.order ?? []).map(([start, end]) => ({ start, end }))
  return cutTranscript(corrected, cuts, order)
}
