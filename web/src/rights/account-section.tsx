/** Freezing the account, locking it when it was taken, cancelling it, and what a law keeps (C194, C207-C212). */
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useStepUp } from '../account/step-up.tsx'
import { api } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useSession } from '../session/session.tsx'
import { Dialog } from '../shell/dialog.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useSpeech } from '../text/text.tsx'
import { CancelDialog } from './cancel-dialog.tsx'
import './rights.css'

/** How the account stands, and the three ways to change that. */
export function AccountSection() {
  const { t, locale } = useSpeech()
  const format = useFormat()
  const [, go] = useLocation()
  const { again: askMe, leave } = useSession()
  const { guarded, dialog } = useStepUp()
  const standing = useAnswer('standing', (signal) => api.call('GET /api/privacy/standing', {}, { signal }))
  const names = useAnswer(`names ${locale}`, async () => (await import('../privacy/policy-words.ts')).names(locale))
  const [taking, setTaking] = useState(false)
  const [cancelling, setCancelling] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const done = () => {
    standing.again()
    askMe()
  }
  const act = (work: () => Promise<unknown>) => {
    setError(null)
    guarded(work).then(done, setError)
  }
  const taken = () =>
    api.call('POST /api/privacy/taken', {}).then(() => {
      leave()
      go('/sign-in')
    }, setError)
  const { value } = standing
  const ending = value?.requests.find((one) => one.right === 'cancel' && one.state === 'in_progress')
  const letter = value?.requests.find((one) => one.right === 'cancel' && one.state === 'open')
  const day = (moment: string | null | undefined) => (moment ? format.day(moment) : '')
  return (
    <section aria-labelledby="account">
      <h2 id="account">{t.rights.account}</h2>
      <ProblemNote error={error ?? standing.error} again={standing.again} />
      {letter ? (
        <div className="act" role="note">
          <p>{t.rights.letter(day(letter.asked_at), day(letter.check_until))}</p>
          <button
            type="button"
            className="button primary"
            onClick={() => act(() => api.call('DELETE /api/privacy/cancel', {}))}
          >
            {t.rights.letterNotMe}
          </button>
        </div>
      ) : null}
      {ending ? (
        <div className="act">
          <p>{t.rights.cancelRunning(day(ending.grace_until))}</p>
          <button
            type="button"
            className="button primary"
            onClick={() => act(() => api.call('DELETE /api/privacy/cancel', {}))}
          >
            {t.rights.cancelBack}
          </button>
        </div>
      ) : (
        <>
          <div className="act">
            <h3>{t.rights.freezeTitle}</h3>
            <p className="small soft">{t.rights.freezeLead}</p>
            {value && value.state !== 'live' ? (
              <p className="row">
                <span>{t.rights.frozenNow}</span>
                <button
                  type="button"
                  className="button primary"
                  onClick={() => act(() => api.call('POST /api/privacy/thaw', {}))}
                >
                  {t.rights.thaw}
                </button>
              </p>
            ) : (
              <button
                type="button"
                className="button"
                onClick={() => act(() => api.call('POST /api/privacy/freeze', {}))}
              >
                {t.rights.freezeDo}
              </button>
            )}
          </div>
          <div className="act">
            <h3>{t.rights.takenTitle}</h3>
            <p className="small soft">{t.rights.takenLead}</p>
            <button type="button" className="button danger" onClick={() => setTaking(true)}>
              {t.rights.takenDo}
            </button>
          </div>
          <div className="act">
            <h3>{t.rights.cancelTitle}</h3>
            <p className="small soft">{t.rights.cancelLead}</p>
            <button type="button" className="button danger" onClick={() => setCancelling(true)}>
              {t.rights.cancelOpen}
            </button>
          </div>
        </>
      )}
      {value && value.holds.length > 0 ? (
        <>
          <h3>{t.rights.holds}</h3>
          <ul>
            {value.holds.map((hold) => (
              <li key={hold.id}>
                {t.rights.hold(
                  format.list(hold.kinds.map((kind) => names.value?.('kinds', kind) ?? kind)),
                  hold.citation,
                  day(hold.until),
                )}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {value && value.requests.length > 0 ? (
        <>
          <h3>{t.rights.requests}</h3>
          <ul className="small">
            {value.requests.map((one) => (
              <li key={one.id}>
                {t.rights.requestLine(
                  t.rights.requestRight[one.right],
                  t.rights.requestState[one.state],
                  day(one.asked_at),
                )}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <Dialog
        open={taking}
        alert
        title={t.rights.takenTitle}
        text={t.rights.takenConfirm}
        onClose={() => setTaking(false)}
      >
        <div className="actions">
          <button type="button" className="button" onClick={() => setTaking(false)}>
            {t.app.cancel}
          </button>
          <button type="button" className="button danger" onClick={taken}>
            {t.rights.takenDo}
          </button>
        </div>
      </Dialog>
      {cancelling ? (
        <CancelDialog guarded={guarded} hidden={dialog !== null} onClose={() => setCancelling(false)} />
      ) : null}
      {dialog}
    </section>
  )
}
