/** Announces a changed notice: a line above every page, and for a major change a dialogue before the next act (C250). */
import { lazy, Suspense, useEffect, useState } from 'react'
import { Link } from 'wouter'
import { useSession } from '../session/session.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useSpeech } from '../text/text.tsx'
import { askReading, forgetReading, sayRead, usePutOff, useReading } from './reading.ts'

const ChangeDialog = lazy(() => import('./change-dialog.tsx').then((m) => ({ default: m.ChangeDialog })))

/** Draws nothing while the person here has read what holds. */
export function ChangeLayer() {
  const { t, locale } = useSpeech()
  const { phase } = useSession()
  const reading = useReading()
  const putOff = usePutOff()
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    if (phase !== 'person') return forgetReading()
    const controller = new AbortController()
    void askReading(locale, controller.signal)
    return () => controller.abort()
  }, [phase, locale])
  if (!reading || reading.severity === 'none') return null
  return (
    <>
      <div className="banner calm row" role="status">
        <span>{t.policy.banner}</span>
        <Link href={`/notice/versions/${reading.current.number}`}>{t.policy.see}</Link>
        <button type="button" className="button small" onClick={() => sayRead(locale, 'banner').catch(setError)}>
          {t.policy.haveRead}
        </button>
        <ProblemNote error={error} />
      </div>
      {reading.severity === 'major' && !putOff ? (
        <Suspense>
          <ChangeDialog reading={reading} />
        </Suspense>
      ) : null}
    </>
  )
}
