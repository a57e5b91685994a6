import { decode } from '../container/decode.ts'
import { probe } from '../container/probe.ts'
import type { ByteSource } from '../container/source.ts'
import { SpeechActivity } from '../mix/speech-activity.ts'
import type { TimeRange } from '../words/transcript.ts'
import { progressOf, type Work } from './operation.ts'

/**
 * Where in a file somebody speaks (or something else stands out of the quiet), by level alone.
 * @throws NoAudioError @throws UnreadableMediaError
 */
export async function activity(
  source: ByteSource,
  work: Work = {},
): Promise<{ duration: number; speech: TimeRange[] }> {
  const report = progressOf(work, 'listen', work.onProgress ? (await probe(source, work)).duration : 0)
  const found = new SpeechActivity()
  for await (const block of decode(source, { ...work, passing: true })) {
    found.add(block)
    report(found.seconds)
  }
  return { duration: found.seconds, speech: found.speech() }
}
