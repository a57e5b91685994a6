/** What a key does in the words. Pure: the view carries it out. */
import { sentencesOf, type Word } from '@sotto/media/words'

/** Chosen words: `anchor` stays, `focus` moves; both are words that are in. */
export interface Chosen {
  readonly anchor: number
  readonly focus: number
}

/** As a half-open range. */
export function rangeOf(chosen: Chosen): { from: number; to: number } {
  return { from: Math.min(chosen.anchor, chosen.focus), to: Math.max(chosen.anchor, chosen.focus) + 1 }
}

/** A key as the browser tells it. */
export interface Key {
  readonly key: string
  readonly shiftKey: boolean
  readonly command: boolean
}

/** What is to be done. */
export type WordsAct =
  | { readonly act: 'choose'; readonly chosen: Chosen }
  | { readonly act: 'edit' | 'cut' | 'play' | 'undo' | 'redo' | 'clear' | 'go' | 'take' | 'put' }

/** The act of a key, or null where the key is not ours. `chosen` may be null: then a movement begins at `at`. */
export function actOf(key: Key, chosen: Chosen | null, words: readonly Word[], at: number): WordsAct | null {
  if (words.length === 0) return null
  const last = words.length - 1
  if (key.command) {
    const name = key.key.toLowerCase()
    if (name === 'z') return { act: key.shiftKey ? 'redo' : 'undo' }
    if (name === 'y') return { act: 'redo' }
    if (name === 'x') return chosen ? { act: 'take' } : null
    if (name === 'v') return chosen ? { act: 'put' } : null
    if (name === 'a') return { act: 'choose', chosen: { anchor: 0, focus: last } }
    return null
  }
  const move = (to: number): WordsAct => {
    const focus = Math.min(last, Math.max(0, to))
    return { act: 'choose', chosen: { anchor: key.shiftKey && chosen ? chosen.anchor : focus, focus } }
  }
  const here = chosen?.focus ?? at - 1
  switch (key.key) {
    case 'ArrowRight':
      return move(here + 1)
    case 'ArrowLeft':
      return move(here - 1)
    case 'Home':
      return move(0)
    case 'End':
      return move(last)
    case 'ArrowDown':
    case 'ArrowUp':
      return sentence(key, chosen, words, here)
    case 'Enter':
    case 'F2':
      return chosen ? { act: 'edit' } : null
    case 'Delete':
    case 'Backspace':
      return chosen ? { act: 'cut' } : null
    case ' ':
      return { act: 'play' }
    case 'Escape':
      return chosen ? { act: 'clear' } : null
    default:
      return null
  }
}

/** Up and down choose whole sentences, with Shift one more of them. */
function sentence(key: Key, chosen: Chosen | null, words: readonly Word[], here: number): WordsAct {
  const sentences = sentencesOf(words)
  const down = key.key === 'ArrowDown'
  const now = sentences.findIndex((one) => one.from <= Math.max(0, here) && Math.max(0, here) < one.to)
  const current = sentences[now]
  const whole = chosen && current && rangeOf(chosen).from <= current.from && rangeOf(chosen).to >= current.to
  // the first press takes the sentence one is in, the next the one after or before
  const next = sentences[whole ? Math.min(sentences.length - 1, Math.max(0, now + (down ? 1 : -1))) : Math.max(0, now)]
  if (!next) return { act: 'clear' }
  const anchor = key.shiftKey && chosen ? chosen.anchor : down ? next.from : next.to - 1
  return { act: 'choose', chosen: { anchor, focus: down ? next.to - 1 : next.from } }
}
