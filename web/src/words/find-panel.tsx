/** Find and replace in the words. */
import { findWords, type Word, type WordRange } from '@sotto/media/words'
import { useMemo, useState } from 'react'
import { useText } from '../text/text.tsx'

/** `words` as they are shown; `onReplace` gets the places to replace. */
export function FindPanel(props: {
  words: readonly Word[]
  language: string
  from: number
  onShow(range: WordRange): void
  onReplace(found: readonly WordRange[], text: string): void
}) {
  const { words, language } = props
  const t = useText()
  const [phrase, setPhrase] = useState('')
  const [text, setText] = useState('')
  const [exact, setExact] = useState(false)
  const found = useMemo(() => findWords(words, phrase, { language, exact }), [words, phrase, language, exact])
  const next = found.find((one) => one.from > props.from) ?? found[0]
  const here = found.find((one) => one.from === props.from)
  return (
    <form
      className="stack tight"
      onSubmit={(event) => {
        event.preventDefault()
        if (next) props.onShow(next)
      }}
    >
      <div className="row ends">
        <label className="field">
          <span>{t.editing.findWhat}</span>
          <input value={phrase} onChange={(event) => setPhrase(event.target.value)} lang={language} />
        </label>
        <label className="field">
          <span>{t.editing.replaceWith}</span>
          <input value={text} onChange={(event) => setText(event.target.value)} lang={language} />
        </label>
        <span className="small soft numbers" role="status">
          {phrase.trim() === '' ? '' : t.editing.matches(found.length)}
        </span>
      </div>
      <label className="choice small">
        <input type="checkbox" checked={exact} onChange={(event) => setExact(event.target.checked)} />
        <span>{t.editing.exact}</span>
      </label>
      <div className="row">
        <button type="submit" className="button small" disabled={!next}>
          {t.editing.next}
        </button>
        <button
          type="button"
          className="button small"
          disabled={!here}
          onClick={() => here && props.onReplace([here], text)}
        >
          {t.editing.replace}
        </button>
        <button
          type="button"
          className="button small"
          disabled={found.length === 0}
          onClick={() => props.onReplace(found, text)}
        >
          {t.editing.replaceAll}
        </button>
      </div>
    </form>
  )
}
