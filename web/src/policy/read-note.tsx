/** On the notice itself: when it was last read, and the button that says it was read now (C257). */
import { useState } from 'react'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useSpeech } from '../text/text.tsx'
import { sayRead, useReading } from './reading.ts'

/** Nothing while nothing has changed. */
export function ReadNote({ channel }: { channel: 'page' | 'banner' | 'dialog' }) {
  const { t, locale } = useSpeech()
  const format = useFormat()
  const reading = useReading()
  const [error, setError] = useState<unknown>(null)
  if (!reading || reading.severity === 'none') return null
  return (
    <div className="sheet stack tight">
      {reading.read_at ? <p className="small">{t.policy.sinceLead(format.moment(reading.read_at))}</p> : null}
      <ProblemNote error={error} />
      <p>
        <button type="button" className="button small" onClick={() => sayRead(locale, channel).catch(setError)}>
          {t.policy.haveRead}
        </button>
      </p>
    </div>
  )
}
