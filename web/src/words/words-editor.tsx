/** The words of a finished transcript: to correct and to cut by, with undo; and the result made of what is left. */
import { heardOf, isDeleted, keptSeconds, mergeRanges } from '@sotto/media/words'
import { MoveVertical, Pencil, Play, Redo2, Scissors, Undo2 } from 'lucide-react'
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Edit, Item, Transcript } from '../api/api.ts'
import { isActive } from '../api/library.ts'
import { JobNote, latestJob } from '../item/job-note.tsx'
import { stemOf } from '../item/stem.ts'
import { useStart } from '../item/use-start.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useText } from '../text/text.tsx'
import {
  correctDraft,
  cutTimes,
  type Draft,
  draftOf,
  draftWords,
  moveWords,
  replaceAll,
  shownWords,
  toggleCut,
} from './draft.ts'
import { FindPanel } from './find-panel.tsx'
import { paragraphsOf, wordAtTime } from './paragraphs.ts'
import { TidyPanel } from './tidy-panel.tsx'
import { useDraft } from './use-draft.ts'
import { VersionsPanel } from './versions-panel.tsx'
import { type Chosen, rangeOf, type WordsAct } from './words-keys.ts'
import { WordsText } from './words-text.tsx'

const SOUND = ['flac', 'wav', 'mp3', 'opus', 'm4a'] as const
const FILM = ['mp4', 'webm'] as const
const TOOLS = ['tidy', 'find', 'versions'] as const

/** `onDraft` tells the page what is cut and how to save at once. */
export function WordsEditor(props: {
  item: Item
  duration: number
  transcript: Transcript
  edit: Edit
  media: RefObject<HTMLMediaElement | null>
  onDraft(draft: Draft, flush: () => Promise<void>): void
}) {
  const { item, duration, transcript, media, onDraft } = props
  const t = useText()
  const format = useFormat()
  const handle = useDraft(item.id, transcript, props.edit)
  const { draft, change, flush } = handle
  const shown = useMemo(() => shownWords(draft), [draft])
  const { words } = shown
  const recorded = useMemo(() => draftWords(draft), [draft])
  const wordAt = useCallback(
    (time: number) => {
      const index = wordAtTime(recorded, time)
      return index < 0 ? -1 : (shown.place[index] ?? -1)
    },
    [recorded, shown],
  )
  const paragraphs = useMemo(() => paragraphsOf(words), [words])
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [editing, setEditing] = useState<Chosen | null>(null)
  const [taken, setTaken] = useState<{ from: number; to: number } | null>(null)
  const [tool, setTool] = useState<(typeof TOOLS)[number] | null>(null)
  const formats = item.media === 'video' ? [...FILM, ...SOUND] : SOUND
  const [resultFormat, setResultFormat] = useState<(typeof SOUND | typeof FILM)[number]>(formats[0] ?? 'flac')
  const { start, busy, error } = useStart(item.id)
  const stopAt = useRef<number | null>(null)
  const region = useRef<HTMLDivElement>(null)
  useEffect(() => onDraft(draft, flush), [draft, flush, onDraft])

  const go = useCallback(
    (word: number) => {
      setChosen({ anchor: word, focus: word })
      const target = words[word]
      if (media.current && target) media.current.currentTime = target.start
    },
    [words, media],
  )
  const range = chosen ? rangeOf(chosen) : null
  const selected = range ? words.slice(range.from, range.to) : []
  const allCut = selected.length > 0 && selected.every((word) => isDeleted(word, draft.cuts))
  const put = (before: number) => {
    if (taken) change(moveWords(draft, taken, before, duration))
    setTaken(null)
    setChosen(null)
  }
  const act = (what: WordsAct) => {
    switch (what.act) {
      case 'choose':
        return setChosen(what.chosen)
      case 'clear':
        return setChosen(null)
      case 'edit':
        // the words chosen by a double click are set in the same breath
        return setChosen((now) => {
          setEditing(now)
          return now
        })
      case 'cut':
        return range && change(toggleCut(draft, range, duration))
      case 'undo':
        setTaken(null)
        return handle.undo()
      case 'redo':
        setTaken(null)
        return handle.redo()
      case 'take':
        return setTaken(range)
      case 'put':
        return range && put(range.from)
      case 'play':
        return media.current?.paused ? void media.current.play().catch(() => undefined) : media.current?.pause()
      case 'go':
        return undefined
    }
  }
  const corrected = (text: string | null) => {
    if (text !== null && editing) change(correctDraft(draft, rangeOf(editing), text))
    setEditing(null)
    setChosen(null)
    region.current?.querySelector<HTMLElement>('[role="group"]')?.focus({ preventScroll: true })
  }
  const playStretch = (from: number, to: number) => {
    const player = media.current
    if (!player) return
    player.currentTime = from
    stopAt.current = to
    player.play().catch(() => undefined)
  }
  const playSelection = () => {
    const [first] = selected
    const last = selected.at(-1)
    if (first && last) playStretch(first.start, last.end > first.start ? last.end : first.end)
  }
  useEffect(() => {
    const player = media.current
    if (!player) return
    const stop = () => {
      if (stopAt.current !== null && player.currentTime >= stopAt.current) player.pause()
    }
    const off = () => {
      stopAt.current = null
    }
    player.addEventListener('timeupdate', stop)
    player.addEventListener('pause', off)
    return () => {
      player.removeEventListener('timeupdate', stop)
      player.removeEventListener('pause', off)
    }
  }, [media])

  const keeps = useMemo(() => heardOf(draft.order, draft.cuts, duration), [draft.order, draft.cuts, duration])
  const cutJob = latestJob(item.jobs, ['cut'])
  const savingText = {
    saved: t.words.saved,
    waiting: t.words.notSaved,
    saving: t.words.saving,
    failed: t.words.saveFailed,
  }
  const saveResult = async () => {
    await flush().catch(() => undefined)
    await start({
      operation: 'cut',
      keep: keeps.map((keep): [number, number] => [keep.start, keep.end]),
      format: resultFormat,
      name: t.item.cutName(stemOf(item.name)),
    })
  }
  if (words.length === 0) return <p className="soft">{t.words.nothingHeard}</p>
  return (
    <div className="words" ref={region}>
      <div className="words-bar" role="toolbar" aria-label={t.words.heading}>
        <button type="button" className="button small" disabled={!range} onClick={() => act({ act: 'cut' })}>
          <Scissors aria-hidden />
          {allCut ? t.words.restore : t.words.cut}
        </button>
        <button type="button" className="button small" disabled={!range} onClick={() => act({ act: 'edit' })}>
          <Pencil aria-hidden />
          {t.words.correct}
        </button>
        <button type="button" className="button small" disabled={!range} onClick={() => act({ act: 'take' })}>
          <MoveVertical aria-hidden />
          {t.editing.move}
        </button>
        <button type="button" className="button small" disabled={!range} onClick={playSelection}>
          <Play aria-hidden />
          {t.words.playSelection}
        </button>
        <button
          type="button"
          className="button icon small plain"
          aria-label={t.words.undo}
          disabled={!handle.canUndo}
          onClick={handle.undo}
        >
          <Undo2 aria-hidden />
        </button>
        <button
          type="button"
          className="button icon small plain"
          aria-label={t.words.redo}
          disabled={!handle.canRedo}
          onClick={handle.redo}
        >
          <Redo2 aria-hidden />
        </button>
        <span className="push tiny soft numbers" role="status">
          {selected.length > 1
            ? `${t.words.selected(selected.length, format.clock((selected.at(-1)?.end ?? 0) - (selected[0]?.start ?? 0), true))} · `
            : ''}
          {savingText[handle.saving]}
        </span>
      </div>
      {handle.merged === null ? null : (
        <p className="small" role="status">
          {t.words.merged(handle.merged)}
        </p>
      )}
      <ProblemNote error={handle.error} />
      {taken ? (
        <div className="row small" role="status">
          <span>{t.editing.moving(taken.to - taken.from)}</span>
          <button type="button" className="button small primary" disabled={!range} onClick={() => act({ act: 'put' })}>
            {t.editing.putHere}
          </button>
          <button type="button" className="button small" onClick={() => put(words.length)}>
            {t.editing.putEnd}
          </button>
          <button type="button" className="button small plain" onClick={() => setTaken(null)}>
            {t.app.cancel}
          </button>
        </div>
      ) : null}
      {draft.order.length > 0 ? (
        <p className="row small">
          <span className="soft">{t.editing.moved}</span>
          <button type="button" className="button small" onClick={() => change({ ...draft, order: [] })}>
            {t.editing.inOrder}
          </button>
        </p>
      ) : null}
      <div className="words-tools">
        {TOOLS.map((one) => (
          <button
            key={one}
            type="button"
            className="button small plain"
            aria-expanded={tool === one}
            onClick={() => setTool(tool === one ? null : one)}
          >
            {t.editing[one]}
          </button>
        ))}
      </div>
      {tool ? (
        <section className="words-tool" aria-label={t.editing[tool]}>
          {tool === 'tidy' ? (
            <TidyPanel
              id={item.id}
              words={recorded}
              language={transcript.language}
              cuts={draft.cuts}
              duration={duration}
              media={media}
              onListen={playStretch}
              onCut={(times) => change(cutTimes(draft, mergeRanges(times)))}
            />
          ) : tool === 'find' ? (
            <FindPanel
              words={words}
              language={transcript.language}
              from={range?.from ?? -1}
              onShow={(found) => {
                setChosen({ anchor: found.from, focus: found.to - 1 })
                const target = words[found.from]
                if (media.current && target) media.current.currentTime = target.start
              }}
              onReplace={(found, text) => change(replaceAll(draft, found, text))}
            />
          ) : (
            <VersionsPanel
              id={item.id}
              onBefore={flush}
              onRestore={(version) => change(draftOf(transcript, { revision: 0, ...version }))}
            />
          )}
        </section>
      ) : null}
      <details className="words-hint small soft">
        <summary>{t.words.helpTitle}</summary>
        <p id="words-help">{t.words.help}</p>
      </details>
      <WordsText
        words={words}
        paragraphs={paragraphs}
        cuts={draft.cuts}
        language={transcript.language}
        wordAt={wordAt}
        media={media}
        chosen={chosen}
        editing={editing}
        onChoose={setChosen}
        onAct={act}
        onGo={go}
        onCorrected={corrected}
      />
      {draft.cuts.length > 0 || draft.order.length > 0 ? (
        <section className="result" aria-label={t.words.saveResult}>
          <p className="numbers">
            {t.words.cutSummary(format.clock(keptSeconds(keeps), true), format.clock(duration, true))}
          </p>
          <div className="row">
            <label className="pick small">
              <span>{t.words.cutFormat}</span>
              <select
                value={resultFormat}
                onChange={(event) => setResultFormat(event.target.value as typeof resultFormat)}
              >
                {formats.map((one) => (
                  <option key={one} value={one}>
                    {one}
                  </option>
                ))}
              </select>
            </label>
            <button
              type="button"
              className="button primary"
              disabled={busy || keeps.length === 0 || (cutJob !== null && isActive(cutJob))}
              onClick={saveResult}
            >
              {t.words.saveResult}
            </button>
          </div>
          <ProblemNote error={error} />
        </section>
      ) : null}
      <JobNote job={cutJob} />
    </div>
  )
}
