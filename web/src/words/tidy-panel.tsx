/** Tidying up: fillers, sounds without words and long pauses, found here, looked at and listened to, cut in one step. */
import { FILLER_LANGUAGES, silenceDefaults, type TimeRange, type Word } from '@sotto/media/words'
import { type RefObject, useEffect, useMemo, useState } from 'react'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useText } from '../text/text.tsx'
import { speechOf } from './speech-of.ts'
import { type Find, SORTS, tidyFinds } from './tidy.ts'

const MOST_SHOWN = 100

/** `onCut` gets what is to go. */
export function TidyPanel(props: {
  id: string
  words: readonly Word[]
  language: string
  cuts: readonly TimeRange[]
  duration: number
  media: RefObject<HTMLMediaElement | null>
  onListen(from: number, to: number): void
  onCut(times: readonly TimeRange[]): void
}) {
  const { id, words, language, cuts, duration } = props
  const t = useText()
  const format = useFormat()
  const [speech, setSpeech] = useState<readonly TimeRange[] | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [on, setOn] = useState<Readonly<Record<Find['sort'], boolean>>>({
    fillers: true,
    hesitations: false,
    silences: true,
  })
  const [silence, setSilence] = useState(silenceDefaults)
  const [spared, setSpared] = useState<ReadonlySet<number>>(new Set())
  useEffect(() => {
    const controller = new AbortController()
    speechOf(id, controller.signal).then(setSpeech, (failed) => {
      if (!controller.signal.aborted) setError(failed)
    })
    return () => controller.abort()
  }, [id])
  const finds = useMemo(
    () => (speech ? tidyFinds(words, language, speech, cuts, duration, silence) : []),
    [words, language, speech, cuts, duration, silence],
  )
  const wanted = finds.filter((one) => on[one.sort])
  const chosen = wanted.filter((one) => !spared.has(one.start))
  const known = FILLER_LANGUAGES.includes(language.split('-')[0] ?? '')
  if (error) return <ProblemNote error={error} />
  if (!speech) return <p className="soft small">{t.editing.tidyListening}</p>
  const total = (list: readonly Find[]) => list.reduce((sum, one) => sum + one.end - one.start, 0)
  const whatOf = (one: Find) =>
    one.sort === 'fillers' ? one.text : one.sort === 'silences' ? t.editing.pause : t.editing.sound
  return (
    <div className="stack tight">
      <p className="soft small">{t.editing.tidyLead}</p>
      {SORTS.map((sort) => {
        const list = finds.filter((one) => one.sort === sort)
        return (
          <label key={sort} className="choice">
            <input
              type="checkbox"
              checked={on[sort]}
              onChange={(event) => setOn({ ...on, [sort]: event.target.checked })}
            />
            <span>
              {t.editing[sort]}{' '}
              <span className="small soft numbers">
                {sort === 'fillers' && !known
                  ? t.editing.fillersUnknown
                  : list.length === 0
                    ? t.editing.foundNone
                    : t.editing.foundOf(list.length, format.clock(total(list), true))}
                {sort === 'hesitations' ? ` · ${t.editing.hesitationsHint}` : ''}
              </span>
            </span>
          </label>
        )
      })}
      <div className="row ends">
        {(['longer', 'keep'] as const).map((which) => (
          <label key={which} className="field time-field">
            <span>{t.editing[which]}</span>
            <input
              type="number"
              min={which === 'longer' ? 0.2 : 0}
              max={10}
              step={0.1}
              value={silence[which]}
              onChange={(event) => {
                const value = event.target.valueAsNumber
                if (Number.isFinite(value)) setSilence({ ...silence, [which]: Math.min(60, Math.max(0, value)) })
              }}
            />
          </label>
        ))}
      </div>
      {wanted.length > 0 ? (
        <details className="small">
          <summary>{t.editing.preview}</summary>
          <ul className="plain-list tidy-list">
            {wanted.slice(0, MOST_SHOWN).map((one) => (
              <li key={`${one.sort} ${one.start}`}>
                <label className="choice">
                  <input
                    type="checkbox"
                    checked={!spared.has(one.start)}
                    onChange={(event) => {
                      const next = new Set(spared)
                      if (event.target.checked) next.delete(one.start)
                      else next.add(one.start)
                      setSpared(next)
                    }}
                  />
                  <span className="numbers">
                    {format.clock(one.start, true)} {whatOf(one)}{' '}
                    <span className="soft">{t.mix.seconds(format.number(one.end - one.start, 1))}</span>
                  </span>
                </label>
                <button
                  type="button"
                  className="button small plain"
                  aria-label={t.editing.listen(whatOf(one), format.clock(one.start, true))}
                  onClick={() => props.onListen(Math.max(0, one.start - 0.5), Math.min(duration, one.end + 0.5))}
                >
                  {t.player.play}
                </button>
              </li>
            ))}
          </ul>
          {wanted.length > MOST_SHOWN ? (
            <p className="soft">{t.editing.moreFound(format.number(wanted.length - MOST_SHOWN))}</p>
          ) : null}
        </details>
      ) : null}
      <p>
        <button
          type="button"
          className="button primary"
          disabled={chosen.length === 0}
          onClick={() => props.onCut(chosen)}
        >
          {t.editing.remove(chosen.length)}
        </button>
      </p>
    </div>
  )
}
