import { throwIfCancelled } from '../error.ts'
import { SampleBuffer } from '../speech/buffer.ts'
import { readWindow } from '../speech/decode.ts'
import { LanguageUnknownError } from '../speech/error.ts'
import { SPEECH_RATE } from '../speech/mel.ts'
import type { Whisper } from '../speech/whisper.ts'

/** Heard before and after a sentence, in seconds. */
const AROUND = 0.2
/** Whisper hears 30 s at once. */
const MOST = 29.5

/**
 * English for each stretch of speech, heard from the sound itself (Radford et al. 2022, task `translate`): one text a stretch, in order.
 * Tokens are capped by its length, and what runs in a circle is cut to its first round. Draft quality.
 * @param sound mono at 16 kHz, in blocks
 */
export async function* speechToEnglish(
  whisper: Whisper,
  sound: AsyncIterable<Float32Array>,
  stretches: readonly { readonly start: number; readonly end: number }[],
  language: string,
  signal?: AbortSignal,
): AsyncGenerator<string> {
  if (!whisper.vocabulary.languages.has(language)) throw new LanguageUnknownError(language)
  const buffer = new SampleBuffer()
  const blocks = sound[Symbol.asyncIterator]()
  let arrived = 0
  let over = false
  for (const stretch of stretches) {
    const from = Math.max(0, Math.round((stretch.start - AROUND) * SPEECH_RATE))
    const to = Math.min(Math.round((stretch.end + AROUND) * SPEECH_RATE), from + MOST * SPEECH_RATE)
    while (arrived < to && !over) {
      throwIfCancelled(signal)
      const next = await blocks.next()
      if (next.done) over = true
      else {
        buffer.append(next.value)
        arrived += next.value.length
      }
    }
    const samples = buffer.slice(from, Math.min(to, arrived))
    const hidden = await whisper.encode(samples)
    const begun = await whisper.begin(hidden, [whisper.vocabulary.start])
    const seconds = samples.length / SPEECH_RATE
    const reading = await readWindow(whisper, hidden, begun, language, seconds, signal, 'translate')
    yield whisper.vocabulary.textOf(reading.tokens).replace(/\s+/g, ' ').trim()
    buffer.dropBefore(from)
  }
  await blocks.return?.()
}
