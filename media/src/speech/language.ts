import { probabilityOf } from './decode.ts'
import type { DecoderState, Whisper } from './whisper.ts'

/** Probability of each language, by its code. */
export type LanguageOdds = ReadonlyMap<string, number>

/** What the recogniser takes the language to be, from the state after the start token alone. The odds sum to 1. */
export function languageOdds(whisper: Whisper, begun: DecoderState): LanguageOdds {
  const tokens = [...whisper.vocabulary.languages]
  const scores = Float32Array.from(tokens, ([, token]) => begun.logits[token] as number)
  return new Map(tokens.map(([code], index) => [code, probabilityOf(scores, index)]))
}

/** The likeliest language over several windows, and how sure that is. */
export function likeliest(odds: readonly LanguageOdds[]): { language: string; confidence: number } {
  const sums = new Map<string, number>()
  for (const one of odds) for (const [code, p] of one) sums.set(code, (sums.get(code) ?? 0) + p / odds.length)
  let language = 'en'
  for (const [code, p] of sums) if (p > (sums.get(language) ?? 0)) language = code
  return { language, confidence: sums.get(language) ?? 0 }
}
