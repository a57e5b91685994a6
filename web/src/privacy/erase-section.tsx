/** Erasing everything: typed, proven, done, and shown what was destroyed. */
import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { useStepUp } from '../account/step-up.tsx'
import { api, type Certificate } from '../api/api.ts'
import { eraseAllKept } from '../record/kept.ts'
import { useSession } from '../session/session.tsx'
import { Dialog } from '../shell/dialog.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useText } from '../text/text.tsx'
import { CertificateView } from './certificate-view.tsx'
import { forgetHead } from './ledger.ts'

/** The button, the question, the certificate. */
export function EraseSection() {
  const t = useText()
  const { leave } = useSession()
  const [, go] = useLocation()
  const { guarded, dialog } = useStepUp()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [certificate, setCertificate] = useState<Certificate | null>(null)
  const erase = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      const done = await guarded(() => api.call('POST /api/privacy/erase', { body: { confirm: 'erase everything' } }))
      // what lies on this device goes with it; the page attests to that (DESIGN, section 4)
      await eraseAllKept()
      forgetHead()
      setCertificate(done)
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const close = () => {
    setOpen(false)
    setTyped('')
    if (!certificate) return
    leave()
    go('/')
  }
  const ready = typed.trim().toLocaleLowerCase() === t.privacy.erasePhrase
  return (
    <section aria-labelledby="erase">
      <h2 id="erase">{t.privacy.erase}</h2>
      <p className="soft">{t.privacy.eraseLead}</p>
      <p>
        <button type="button" className="button danger" onClick={() => setOpen(true)}>
          {t.privacy.eraseOpen}
        </button>
      </p>
      <Dialog
        open={open && !dialog}
        alert
        locked={certificate !== null}
        title={certificate ? t.certificate.title : t.privacy.erase}
        text={certificate ? `${t.certificate.everythingText} ${t.certificate.local}` : t.privacy.eraseLead}
        onClose={close}
      >
        {certificate ? (
          <>
            <CertificateView certificate={certificate} />
            <div className="actions">
              <button type="button" className="button primary" onClick={close}>
                {t.app.done}
              </button>
            </div>
          </>
        ) : (
          <form className="stack" onSubmit={erase}>
            <label className="field">
              <span>{t.privacy.eraseType(t.privacy.erasePhrase)}</span>
              <input autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />
            </label>
            <ProblemNote error={error} />
            <div className="actions">
              <button type="button" className="button" onClick={close}>
                {t.app.cancel}
              </button>
              <button type="submit" className="button danger" disabled={!ready || busy}>
                {busy ? t.privacy.erasing : t.privacy.eraseDo}
              </button>
            </div>
          </form>
        )}
      </Dialog>
      {dialog}
    </section>
  )
}
