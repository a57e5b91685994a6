/** Cleaning: for what, how strong, and the result beside the original under one slider. */
import { useState } from 'react'
import { Link } from 'wouter'
import type { Item } from '../api/api.ts'
import { isActive, library } from '../api/library.ts'
import { useStore } from '../api/store.ts'
import { Compare } from '../compare/compare.tsx'
import { useConsent } from '../consent/use-consent.tsx'
import { useSession } from '../session/session.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useText } from '../text/text.tsx'
import { JobNote, latestJob } from './job-note.tsx'
import { useStart } from './use-start.ts'

/** `onCompare` is called when the comparison begins to play: the player above falls silent. */
export function CleanPanel({ item, onCompare }: { item: Item; onCompare(): void }) {
  const t = useText()
  const format = useFormat()
  const { status } = useSession()
  const items = useStore(library)
  const consent = useConsent('denoising')
  const { start, busy, error } = useStart(item.id)
  const [mode, setMode] = useState<'speech' | 'full'>('speech')
  const [strength, setStrength] = useState(0.85)
  const job = latestJob(item.jobs, ['denoise'])
  const results = (items ?? []).filter(
    (one) => one.made_from?.item === item.id && one.made_from.operation === 'denoise' && one.state === 'ready',
  )
  const newest = results[0]
  const running = job !== null && isActive(job)
  if (status && !status.denoise) return <p className="soft">{t.clean.unavailable}</p>
  const go = async () => {
    if (await consent.ensure()) await start({ operation: 'denoise', mode, strength })
  }
  return (
    <div className="panel">
      <p className="soft small">{t.clean.lead}</p>
      <fieldset className="choices">
        <legend className="label">{t.clean.mode}</legend>
        {(['speech', 'full'] as const).map((one) => (
          <label key={one} className="choice">
            <input type="radio" name="mode" checked={mode === one} onChange={() => setMode(one)} />
            <span>
              {one === 'speech' ? t.clean.speech : t.clean.full}
              <span className="tiny soft"> {one === 'speech' ? t.clean.speechHint : t.clean.fullHint}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <label className="field narrow-field">
        <span>
          {t.clean.strength} <span className="numbers">{format.percent(strength)}</span>
        </span>
        <input
          type="range"
          min={0}
          max={100}
          step={5}
          value={Math.round(strength * 100)}
          onChange={(event) => setStrength(event.target.valueAsNumber / 100)}
        />
      </label>
      {running ? null : (
        <p>
          <button type="button" className="button primary" disabled={busy} onClick={go}>
            {t.clean.start}
          </button>
        </p>
      )}
      <ProblemNote error={error} />
      <JobNote job={job} />
      {newest ? (
        <div className="stack tight" onPlayCapture={onCompare}>
          <h2 className="as-h3">{t.clean.compare}</h2>
          <Compare
            before={`/api/items/${item.id}/media`}
            after={`/api/items/${newest.id}/media`}
            label={t.clean.compare}
          />
          <p className="small">
            <Link href={`/items/${newest.id}`}>{t.clean.openResult}</Link>
          </p>
        </div>
      ) : null}
      {consent.dialog}
    </div>
  )
}
