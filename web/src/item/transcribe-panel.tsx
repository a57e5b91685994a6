/** Recognising: which language, which model, and how it stands. */
import { useState } from 'react'
import type { Item } from '../api/api.ts'
import { isActive } from '../api/library.ts'
import { useConsent } from '../consent/use-consent.tsx'
import { useSession } from '../session/session.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useText } from '../text/text.tsx'
import { JobNote, latestJob } from './job-note.tsx'
import { useStart } from './use-start.ts'

/** Languages Whisper names that a person may want to fix by hand; all others are found out. */
const LANGUAGES = [
  'en',
  'zh',
  'fr',
  'de',
  'es',
  'it',
  'pt',
  'nl',
  'ru',
  'uk',
  'pl',
  'ja',
  'ko',
  'ar',
  'hi',
  'tr',
  'vi',
  'id',
]

/** `onBefore` is called before the work is asked for (what was corrected of an older transcript is put aside). */
export function TranscribePanel({ item, onBefore }: { item: Item; onBefore(): Promise<void> }) {
  const t = useText()
  const format = useFormat()
  const { status } = useSession()
  const consent = useConsent('transcribing')
  const { start, busy, error } = useStart(item.id)
  const [language, setLanguage] = useState('')
  const models = status?.transcribe ?? []
  const [model, setModel] = useState<'base' | 'small'>('base')
  const job = latestJob(item.jobs, ['transcribe'])
  const running = job !== null && isActive(job)
  if (status && !models.some((one) => one.ready)) return <p className="soft">{t.words.unavailable}</p>
  const chosen = models.find((one) => one.model === model)
  const go = async () => {
    if (!(await consent.ensure())) return
    await onBefore()
    await start({ operation: 'transcribe', model, ...(language ? { language } : {}) })
  }
  return (
    <div className="panel">
      <p className="soft small">{t.words.lead}</p>
      <div className="row ends">
        <label className="field">
          <span>{t.words.language}</span>
          <select value={language} onChange={(event) => setLanguage(event.target.value)}>
            <option value="">{t.words.detect}</option>
            {LANGUAGES.map((code) => (
              <option key={code} value={code}>
                {format.language(code)}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{t.words.model}</span>
          <select value={model} onChange={(event) => setModel(event.target.value as 'base' | 'small')}>
            {models.map((one) => (
              <option key={one.model} value={one.model} disabled={!one.ready}>
                {one.model === 'base' ? t.words.base : t.words.small}
                {one.ready ? '' : ` (${t.words.missing(format.bytes(one.bytes))})`}
              </option>
            ))}
          </select>
        </label>
        {running ? null : (
          <button type="button" className="button primary" disabled={busy || !chosen?.ready} onClick={go}>
            {item.transcript === 'none' ? t.words.start : t.words.again}
          </button>
        )}
      </div>
      <ProblemNote error={error} />
      <JobNote job={job} />
      {consent.dialog}
    </div>
  )
}
