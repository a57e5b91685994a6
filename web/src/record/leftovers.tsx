/** What lies on this device from before: finished recordings go in by themselves, interrupted ones are offered. */
import { useCallback, useEffect, useState } from 'react'
import { useConsent } from '../consent/use-consent.tsx'
import { useSession } from '../session/session.tsx'
import { Dialog } from '../shell/dialog.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useText } from '../text/text.tsx'
import { eraseKept, type Kept, listKept } from './kept.ts'

/** `onContinue` goes on recording one. */
export function Leftovers({ onContinue }: { onContinue(id: string): void }) {
  const t = useText()
  const format = useFormat()
  const session = useSession()
  const [kept, setKept] = useState<readonly Kept[]>([])
  const [discarding, setDiscarding] = useState<Kept | null>(null)
  const [error, setError] = useState<unknown>(null)
  const consent = useConsent('microphone')
  const look = useCallback(() => {
    listKept().then(setKept, setError)
  }, [])
  useEffect(() => {
    look()
    window.addEventListener('sotto-kept', look)
    return () => window.removeEventListener('sotto-kept', look)
  }, [look])

  const save = async (one: Kept) => {
    setError(null)
    if (!(await session.ensure())) return
    // recorded while there was no connection: what was agreed to then is recorded before anything is sent
    if (one.origin === 'recorded' && !(await consent.ensure())) return
    const { sendKept } = await import('./send-kept.ts')
    await sendKept(one.id, session.status?.upload_limit ?? Number.POSITIVE_INFINITY).catch(setError)
  }
  const finished = kept.filter((one) => one.finished)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `save` is made anew with each drawing
  useEffect(() => {
    if (session.phase !== 'person' && session.phase !== 'nobody') return
    for (const one of finished) save(one)
  }, [session.phase, finished.map((one) => one.id).join()])

  const open = kept.filter((one) => !one.finished)
  return (
    <>
      <ProblemNote error={error} />
      {consent.dialog}
      {session.phase === 'away'
        ? finished.map((one) => (
            <p key={one.id} className="leftover">
              <span>
                <strong>{t.record.waitingUpload}</strong>
                <br />
                <span className="small soft">
                  {t.record.unfinishedText(format.moment(one.started_at), format.clock(one.seconds))}
                </span>
              </span>
            </p>
          ))
        : null}
      {open.map((one) => (
        <section key={one.id} className="leftover" aria-label={t.record.unfinished}>
          <div>
            <strong>{t.record.unfinished}</strong>
            <p className="small soft numbers">
              {t.record.unfinishedText(format.moment(one.started_at), format.clock(one.seconds))}
            </p>
          </div>
          <div className="row">
            {one.mime.startsWith('audio/webm') && !one.agreement ? (
              <button type="button" className="button small" onClick={() => onContinue(one.id)}>
                {t.record.goOn}
              </button>
            ) : null}
            <button type="button" className="button small primary" onClick={() => save(one)}>
              {t.record.saveIt}
            </button>
            <button type="button" className="button small" onClick={() => setDiscarding(one)}>
              {t.record.discard}
            </button>
          </div>
        </section>
      ))}
      {discarding ? (
        <Dialog open alert title={t.record.discardSure} onClose={() => setDiscarding(null)}>
          <div className="actions">
            <button type="button" className="button" onClick={() => setDiscarding(null)}>
              {t.app.cancel}
            </button>
            <button
              type="button"
              className="button danger"
              onClick={() => {
                setDiscarding(null)
                eraseKept(discarding.id).then(look, setError)
              }}
            >
              {t.record.discard}
            </button>
          </div>
        </Dialog>
      ) : null}
    </>
  )
}
