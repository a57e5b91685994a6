/** Words while they are heard: to read and to go to, not yet to edit. */
import { type RefObject, useCallback, useMemo } from 'react'
import type { Segment } from '../api/api.ts'
import { useText } from '../text/text.tsx'
import { paragraphsOf, wordAtTime } from './paragraphs.ts'
import { WordsText } from './words-text.tsx'

const nothing = () => undefined

/** `segments` grow; keys that would edit do nothing yet. */
export function WordsLive(props: {
  segments: readonly Segment[]
  language: string
  media: RefObject<HTMLMediaElement | null>
}) {
  const t = useText()
  const words = useMemo(() => props.segments.flatMap((segment) => segment.words), [props.segments])
  const paragraphs = useMemo(() => paragraphsOf(words), [words])
  const wordAt = useCallback((time: number) => wordAtTime(words, time), [words])
  return (
    <div className="words">
      <p className="small soft" id="words-help">
        {t.words.partial}
      </p>
      <WordsText
        words={words}
        paragraphs={paragraphs}
        cuts={[]}
        language={props.language}
        wordAt={wordAt}
        media={props.media}
        chosen={null}
        editing={null}
        onChoose={nothing}
        onAct={nothing}
        onGo={(word) => {
          const target = words[word]
          if (props.media.current && target) props.media.current.currentTime = target.start
        }}
        onCorrected={nothing}
      />
    </div>
  )
}
