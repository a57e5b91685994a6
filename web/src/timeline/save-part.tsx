/** Saving the timeline as a new recording: name, format, loudness; how far it is, and where it went. */
import { useState } from 'react'
import type { Item } from '../api/api.ts'
import { isActive, library } from '../api/library.ts'
import { useStore } from '../api/store.ts'
import { JobNote, latestJob } from '../item/job-note.tsx'
import { stemOf } from '../item/stem.ts'
import { useStart } from '../item/use-start.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useText } from '../text/text.tsx'
import { type Draft, keptOf } from './draft.ts'

const FORMATS = ['flac', 'wav', 'mp3', 'opus', 'm4a'] as const
const TARGETS = { podcast: -16, broadcast: -23, music: -14 } as const

/** `onFlush` keeps the timeline first: what was heard is what is saved. */
export function SavePart(props: {
  item: Item
  draft: Draft
  empty: boolean
  onLoudness(loudness: number | null): void
  onFlush(): Promise<unknown>
}) {
  const { item, draft } = props
  const t = useText()
  const { start, busy, error } = useStart(item.id)
  const items = useStore(library)
  const [name, setName] = useState(() => t.timeline.named(stemOf(item.name)))
  const [format, setFormat] = useState<(typeof FORMATS)[number]>('flac')
  const [problem, setProblem] = useState<unknown>(null)
  const job = latestJob(items?.find((one) => one.id === item.id)?.jobs ?? item.jobs, ['arrange'])
  const save = () => {
    setProblem(null)
    props.onFlush().then(
      () =>
        start({
          operation: 'arrange',
          ...keptOf(draft),
          format,
          ...(name.trim() === '' ? {} : { name: name.trim() }),
        }),
      setProblem,
    )
  }
  return (
    <section className="sheet stack" aria-label={t.timeline.save}>
      <h2 className="as-h3">{t.timeline.save}</h2>
      <div className="row ends">
        <label className="field">
          <span>{t.timeline.name}</span>
          <input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        </label>
        <label className="field">
          <span>{t.timeline.format}</span>
          <select value={format} onChange={(event) => setFormat(event.target.value as typeof format)}>
            {FORMATS.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{t.timeline.loudness}</span>
          <select
            value={draft.loudness ?? ''}
            onChange={(event) => props.onLoudness(event.target.value === '' ? null : Number(event.target.value))}
          >
            <option value="">{t.timeline.asItIs}</option>
            {(Object.keys(TARGETS) as (keyof typeof TARGETS)[]).map((one) => (
              <option key={one} value={TARGETS[one]}>
                {t.mix.targets[one]}
              </option>
            ))}
            {draft.loudness !== null && !Object.values<number>(TARGETS).includes(draft.loudness) ? (
              <option value={draft.loudness}>{draft.loudness} LUFS</option>
            ) : null}
          </select>
        </label>
        <button
          type="button"
          className="button primary"
          disabled={busy || props.empty || (job !== null && isActive(job))}
          onClick={save}
        >
          {t.timeline.saveDo}
        </button>
      </div>
      <ProblemNote error={problem ?? error} />
      <JobNote job={job} />
    </section>
  )
}
