/** The words to read, choose, correct and cut; the word being played is painted, not wrapped in an element. */
import { isDeleted, joinWords, type TimeRange, type Word } from '@sotto/media/words'
import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef } from 'react'
import { useFormat, useText } from '../text/text.tsx'
import { ParagraphView } from './paragraph-view.tsx'
import { offsetsOf, type Paragraph, runsOf } from './paragraphs.ts'
import { paint, rangesOfWords, wordAtPlace, wordAtPoint } from './place.ts'
import { actOf, type Chosen, rangeOf, type WordsAct } from './words-keys.ts'
import './words.css'

/** `media` is what plays; `editing` the words being corrected. `onAct` carries out what the keys ask. */
export function WordsText(props: {
  words: readonly Word[]
  paragraphs: readonly Paragraph[]
  cuts: readonly TimeRange[]
  language: string
  /** The shown word that sounds at a time of the recording; -1 for none. */
  wordAt(time: number): number
  media: RefObject<HTMLMediaElement | null>
  chosen: Chosen | null
  editing: Chosen | null
  onChoose(chosen: Chosen | null): void
  onAct(act: WordsAct): void
  onGo(word: number): void
  onCorrected(text: string | null): void
}) {
  const { words, paragraphs, cuts, media, chosen, editing, wordAt } = props
  const t = useText()
  const format = useFormat()
  const root = useRef<HTMLElement>(null)
  const cutWords = useMemo(() => {
    const set = new Set<number>()
    if (cuts.length > 0) for (const [index, word] of words.entries()) if (isDeleted(word, cuts)) set.add(index)
    return set
  }, [words, cuts])
  const drawn = useMemo(
    () => paragraphs.map((paragraph) => runsOf(paragraph, (word) => cutWords.has(word))),
    [paragraphs, cutWords],
  )
  const edit = useMemo(() => {
    if (!editing) return null
    const { from, to } = rangeOf(editing)
    const index = paragraphs.findIndex((one) => one.from <= from && from < one.to)
    const paragraph = paragraphs[index]
    const offsets = paragraph && offsetsOf(paragraph, from, to)
    if (!paragraph || !offsets) return null
    return {
      index,
      parts: {
        before: paragraph.text.slice(0, offsets.start),
        text: joinWords(words.slice(from, Math.min(to, paragraph.to))),
        after: paragraph.text.slice(offsets.end),
      },
    }
  }, [editing, paragraphs, words])

  // the playhead: one painted range, moved with each frame while it plays
  useEffect(() => {
    const player = media.current
    if (!player) return
    let frame = 0
    let shown = -2
    const draw = () => {
      const word = wordAt(player.currentTime)
      if (word !== shown && root.current) {
        shown = word
        paint('playing', word < 0 ? [] : rangesOfWords(root.current, paragraphs, word, word + 1))
      }
      frame = player.paused ? 0 : requestAnimationFrame(draw)
    }
    const wake = () => {
      if (frame === 0) frame = requestAnimationFrame(draw)
    }
    const events = ['play', 'seeked', 'timeupdate', 'pause'] as const
    for (const name of events) player.addEventListener(name, wake)
    wake()
    return () => {
      cancelAnimationFrame(frame)
      for (const name of events) player.removeEventListener(name, wake)
      paint('playing', [])
    }
  }, [media, wordAt, paragraphs])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawn` and `edit`: the text nodes were drawn anew
  useEffect(() => {
    if (!root.current) return
    const range = chosen && !editing ? rangeOf(chosen) : null
    paint('chosen', range ? rangesOfWords(root.current, paragraphs, range.from, range.to) : [])
    return () => paint('chosen', [])
  }, [chosen, editing, paragraphs, drawn, edit])

  // what is selected by pointer or finger becomes whole words
  useEffect(() => {
    const follow = () => {
      const selection = document.getSelection()
      if (!selection || selection.isCollapsed || !root.current?.contains(selection.anchorNode)) return
      if (!selection.anchorNode || !selection.focusNode) return
      const anchor = wordAtPlace(paragraphs, selection.anchorNode, selection.anchorOffset)
      const focus = wordAtPlace(paragraphs, selection.focusNode, selection.focusOffset)
      if (anchor === null || focus === null) return
      props.onChoose({ anchor, focus })
    }
    document.addEventListener('selectionchange', follow)
    return () => document.removeEventListener('selectionchange', follow)
  }, [paragraphs, props.onChoose])
  useEffect(() => {
    const copy = (event: ClipboardEvent) => {
      if (!chosen || !document.getSelection()?.isCollapsed || document.activeElement !== root.current) return
      const { from, to } = rangeOf(chosen)
      event.clipboardData?.setData('text/plain', joinWords(words.slice(from, to)))
      event.preventDefault()
    }
    document.addEventListener('copy', copy)
    return () => document.removeEventListener('copy', copy)
  }, [chosen, words])

  const press = (event: KeyboardEvent) => {
    const at = media.current ? Math.max(0, wordAt(media.current.currentTime)) : 0
    const key = { key: event.key, shiftKey: event.shiftKey, command: event.ctrlKey || event.metaKey }
    const act = actOf(key, chosen, words, at)
    if (!act) return
    event.preventDefault()
    if (act.act === 'choose') document.getSelection()?.removeAllRanges()
    if (act.act === 'choose' && root.current) {
      const [range] = rangesOfWords(root.current, paragraphs, act.chosen.focus, act.chosen.focus + 1)
      range?.startContainer.parentElement?.scrollIntoView({ block: 'nearest' })
    }
    props.onAct(act)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields; this is a text with its own keys
    <section
      ref={root}
      className="words-text"
      lang={props.language}
      role="group"
      aria-label={t.words.region}
      aria-describedby="words-help"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the keys named in its help
      tabIndex={0}
      onKeyDown={press}
      onClick={(event) => {
        if (editing || !document.getSelection()?.isCollapsed) return
        const word = wordAtPoint(paragraphs, event.clientX, event.clientY)
        if (word !== null) props.onGo(word)
      }}
      onDoubleClick={(event) => {
        if (editing) return
        const word = wordAtPoint(paragraphs, event.clientX, event.clientY)
        if (word === null) return
        document.getSelection()?.removeAllRanges()
        props.onChoose({ anchor: word, focus: word })
        props.onAct({ act: 'edit' })
      }}
    >
      {paragraphs.map((paragraph, index) => (
        <ParagraphView
          key={paragraph.from}
          index={index}
          time={format.clock(paragraph.at)}
          runs={drawn[index] ?? []}
          edit={edit?.index === index ? edit.parts : null}
          onEdit={props.onCorrected}
        />
      ))}
    </section>
  )
}
