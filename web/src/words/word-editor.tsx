/** The field in which words are corrected, in the place where they stand. */
import { useRef, useState } from 'react'
import { useText } from '../text/text.tsx'

/** `onDone` gets the new words, or null when it is given up. */
export function WordEditor({ text, onDone }: { text: string; onDone(text: string | null): void }) {
  const t = useText()
  const [value, setValue] = useState(text)
  const over = useRef(false)
  const finish = (result: string | null) => {
    if (over.current) return // leaving the field after Enter is not a second answer
    over.current = true
    onDone(result)
  }
  return (
    <input
      className="word-editor"
      aria-label={t.words.correcting}
      value={value}
      size={Math.max(
        3,
        Math.min(
          60,
          [...value].reduce((sum, letter) => sum + (letter > 'ᄀ' ? 2 : 1), 1),
        ),
      )}
      // biome-ignore lint/a11y/noAutofocus: it opens at the person's own Enter or double click
      autoFocus
      onFocus={(event) => event.target.select()}
      onChange={(event) => setValue(event.target.value)}
      onBlur={() => finish(value.trim() === text ? null : value.trim())}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) finish(value.trim() === text ? null : value.trim())
        if (event.key === 'Escape') finish(null)
      }}
    />
  )
}
