import { joinWords, splitWords } from '../words/join.ts'
import { sentencesOf } from '../words/sentence.ts'

/** The sentences of a text, at most `most` characters each: longer ones are cut at a comma, else at a space. */
export function spokenChunks(text: string, most: number): string[] {
  const words = splitWords(text).map((word) => ({ text: word, start: 0, end: 0 }))
  return sentencesOf(words).flatMap(({ from, to }) => cut(words.slice(from, to), most))
}

const soft = /[,;:，、；：—–]["'”’»)」』]*$/u

function cut(
  words: readonly { readonly text: string; readonly start: number; readonly end: number }[],
  most: number,
): string[] {
  const line = joinWords(words)
  if (line.length <= most || words.length < 2) return [line]
  let split = 1
  let best = 1
  for (let length = words[0]?.text.length ?? 0; split < words.length; split += 1) {
    if (length > most) break
    if (soft.test(words[split - 1]?.text ?? '') || !soft.test(words[best - 1]?.text ?? '')) best = split
    length += (words[split]?.text.length ?? 0) + 1
  }
  return [joinWords(words.slice(0, best)), ...cut(words.slice(best), most)]
}
