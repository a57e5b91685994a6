import { deflateRawSync } from 'node:zlib'

/** Repeats of one phrase in a row that speech does not have. "No, no, no, no" is speech; a fifth "thank you very much" is not. */
function allowedRepeats(length: number): number {
  return length === 1 ? 8 : length <= 3 ? 5 : 3
}

/** The length of the phrase the tokens end in over and over, or 0. Looks at phrases of up to 40 tokens. */
export function loopLength(tokens: readonly number[]): number {
  for (let length = 1; length <= 40; length += 1) {
    const needed = (allowedRepeats(length) - 1) * length
    if (tokens.length < needed + length) break
    let same = 0
    while (same < needed && tokens[tokens.length - 1 - same] === tokens[tokens.length - 1 - same - length]) same += 1
    if (same === needed) return length
  }
  return 0
}

/** The tokens with a loop at their end cut down to its first round. */
export function withoutLoop(tokens: readonly number[]): number[] {
  const length = loopLength(tokens)
  if (length === 0) return [...tokens]
  let end = tokens.length
  while (end - 2 * length >= 0 && tokens[end - 1] === tokens[end - 1 - length]) end -= 1
  return tokens.slice(0, end)
}

/** Bytes of the text over bytes of it compressed. Speech lies near 1.5; Whisper's own limit for repetition is 2.4 (Radford et al. 2022, section 4.5). */
export function compressionRatio(text: string): number {
  const bytes = new TextEncoder().encode(text)
  return bytes.length === 0 ? 0 : bytes.length / (deflateRawSync(bytes).length + 6)
}
