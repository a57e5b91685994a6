/** Translating and dubbing a recording: its words, their translation, the speech; each seen, changed, and done again for one sentence. */
import { type RefObject, useCallback, useEffect, useState } from 'react'
import { api, type Item } from '../api/api.ts'
import { onSpeech, takeJob } from '../api/events.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useConsent } from '../consent/use-consent.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useText } from '../text/text.tsx'
import { DubEditor } from './dub-editor.tsx'
import { ModelsNeed } from './models-need.tsx'

/** `media` is the player of the original. */
export function DubPanel({ item, media }: { item: Item; media: RefObject<HTMLMediaElement | null> }) {
  const t = useText()
  const words = useAnswer(item.transcript === 'complete' ? `words of ${item.id}` : null, (signal) =>
    api.call('GET /api/items/:id/transcript', { params: { id: item.id } }, { signal }),
  )
  return (
    <div className="panel dub-panel">
      <p className="soft small">{t.dub.lead}</p>
      <h2 className="as-h3">{t.dub.words}</h2>
      {item.transcript !== 'complete' ? <p className="soft">{t.dub.wordsNone}</p> : null}
      <ProblemNote error={words.error} again={words.again} />
      {words.value ? <Translate item={item} from={words.value.language} media={media} /> : null}
    </div>
  )
}

function Translate(props: { item: Item; from: string; media: RefObject<HTMLMediaElement | null> }) {
  const { item, from, media } = props
  const t = useText()
  const format = useFormat()
  const consent = useConsent('translating')
  const ways = useAnswer(`ways ${from}`, (signal) =>
    api.call('GET /api/translations/ways', { query: { from } }, { signal }),
  )
  const made = useAnswer(`translations ${item.id}`, (signal) =>
    api.call('GET /api/items/:id/translations', { params: { id: item.id } }, { signal }),
  )
  const [chosen, setChosen] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const { again } = made
  useEffect(() => onSpeech(() => again()), [again])
  // What was translated already comes first, then what can be done at once.
  const targets = [
    ...new Set([
      ...(made.value ?? []).map(({ language }) => language),
      ...(ways.value ?? [])
        .toSorted((a, b) => Number(b.state === 'ready') - Number(a.state === 'ready'))
        .map(({ to }) => to),
    ]),
  ]
  const to = chosen ?? targets[0] ?? ''
  const way =
    ways.value?.find((one) => one.to === to && one.state === 'ready') ?? ways.value?.find((one) => one.to === to)
  const speech = made.value?.find(({ language }) => language === to)
  const { again: waysAgain } = ways
  const onHere = useCallback(() => waysAgain(), [waysAgain])
  const translate = async () => {
    setError(null)
    if (!(await consent.ensure())) return
    setBusy(true)
    try {
      const begun = await api.call('POST /api/items/:id/translations', { params: { id: item.id }, body: { to, from } })
      for (const job of begun.jobs) takeJob(job)
      again()
    } catch (failed) {
      setError(failed)
    } finally {
      setBusy(false)
    }
  }
  const state = (one: string) => {
    const found = ways.value?.find(({ to: into, state }) => into === one && state === 'ready')
    if (found) return found.quality === 'draft' ? t.dub.draft : t.dub.ready
    const other = ways.value?.find(({ to: into }) => into === one)
    return other ? format.bytes(other.bytes) : ''
  }
  return (
    <>
      <p className="small soft">{t.dub.wordsHave(format.language(from))}</p>
      <h2 className="as-h3">{t.dub.translation}</h2>
      <ProblemNote error={ways.error ?? made.error} again={waysAgain} />
      {ways.value && targets.length === 0 ? <p className="soft">{t.dub.noWay}</p> : null}
      {targets.length > 0 ? (
        <div className="row ends">
          <label className="field">
            <span>{t.dub.to}</span>
            <select value={to} onChange={(event) => setChosen(event.target.value)}>
              {targets.map((one) => (
                <option key={one} value={one}>
                  {format.language(one)} ({state(one)})
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            className={speech ? 'button' : 'button primary'}
            disabled={busy || way?.state !== 'ready'}
            onClick={translate}
          >
            {speech ? t.dub.again : t.dub.start}
          </button>
        </div>
      ) : null}
      {way?.state === 'downloadable' ? <ModelsNeed missing={way.missing} language={to} onHere={onHere} /> : null}
      <ProblemNote error={error} />
      {speech ? <DubEditor key={speech.id} id={speech.id} item={item} media={media} /> : null}
      {consent.dialog}
    </>
  )
}
