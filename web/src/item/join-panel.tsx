/** Splitting in two where the player stands, and joining with another recording. */
import { type RefObject, useState } from 'react'
import type { Item } from '../api/api.ts'
import { isActive, library } from '../api/library.ts'
import { useStore } from '../api/store.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useText } from '../text/text.tsx'
import { JobNote, latestJob } from './job-note.tsx'
import { stemOf } from './stem.ts'
import { useStart } from './use-start.ts'

/** Neither half is shorter than this, seconds. */
const LEAST = 0.1

/** `media` says where to split. */
export function JoinPanel(props: { item: Item; duration: number; media: RefObject<HTMLMediaElement | null> }) {
  const { item, duration, media } = props
  const t = useText()
  const format = useFormat()
  const { start, busy, error } = useStart(item.id)
  const [other, setOther] = useState('')
  const [first, setFirst] = useState(true)
  const [place, setPlace] = useState<string | null>(null)
  const items = useStore(library) ?? []
  const others = items.filter(
    (one) => one.id !== item.id && one.state === 'ready' && one.streams.some((stream) => stream.type === 'audio'),
  )
  const chosen = others.find((one) => one.id === other) ?? others[0]
  const job = latestJob(item.jobs, ['arrange'])
  const split = async () => {
    const at = media.current?.currentTime ?? 0
    if (at < LEAST || at > duration - LEAST) return setPlace(t.saving.splitWhere)
    setPlace(t.saving.splitAt(format.clock(at, true)))
    const name = stemOf(item.name)
    const one = await start({ operation: 'clip', from: 0, to: at, reencode: true, name: t.saving.part(name, '1') })
    if (one) await start({ operation: 'clip', from: at, to: duration, reencode: true, name: t.saving.part(name, '2') })
  }
  const join = () => {
    if (!chosen) return
    const length = chosen.duration ?? 0
    const own = { source: 0, from: 0, to: duration, at: first ? 0 : length }
    const its = { source: 1, from: 0, to: length, at: first ? duration : 0 }
    return start({
      operation: 'arrange',
      items: [item.id, chosen.id],
      tracks: [{ role: 'voice', clips: [own, its] }],
      name: t.saving.joined(stemOf(item.name), stemOf(chosen.name)),
    })
  }
  return (
    <div className="panel two">
      <section className="stack tight" aria-label={t.saving.split}>
        <h2 className="as-h3">{t.saving.split}</h2>
        <p className="soft small">{t.saving.splitLead}</p>
        <p>
          <button type="button" className="button" disabled={busy} onClick={split}>
            {t.saving.splitHere}
          </button>
        </p>
        {place ? (
          <p className="small" role="status">
            {place}
          </p>
        ) : null}
        <JobNote job={latestJob(item.jobs, ['clip'])} />
      </section>
      <section className="stack tight" aria-label={t.saving.join}>
        <h2 className="as-h3">{t.saving.join}</h2>
        {others.length === 0 ? (
          <p className="soft small">{t.saving.nothingToJoin}</p>
        ) : (
          <>
            <label className="field narrow-field">
              <span>{t.saving.joinWith}</span>
              <select value={chosen?.id ?? ''} onChange={(event) => setOther(event.target.value)}>
                {others.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
              </select>
            </label>
            <label className="choice small">
              <input type="checkbox" checked={first} onChange={(event) => setFirst(event.target.checked)} />
              <span>{t.saving.thisFirst}</span>
            </label>
            <p>
              <button
                type="button"
                className="button primary"
                disabled={busy || (job !== null && isActive(job))}
                onClick={join}
              >
                {t.saving.joinStart}
              </button>
            </p>
          </>
        )}
        <JobNote job={job} />
      </section>
      <ProblemNote error={error} />
    </div>
  )
}
