/** Cancelling the account: what shall be left, done, and the address that leads to the certificate (C207-C212). */
import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { api } from '../api/api.ts'
import { eraseAllKept } from '../record/kept.ts'
import { useSession } from '../session/session.tsx'
import { Dialog } from '../shell/dialog.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useText } from '../text/text.tsx'

interface Done {
  readonly address: string
  readonly until: string
  readonly due: string
}

/** `guarded` asks for fresh proof where it is needed; meanwhile this dialogue is `hidden`. */
export function CancelDialog(props: {
  guarded<T>(act: () => Promise<T>): Promise<T>
  hidden: boolean
  onClose(): void
}) {
  const t = useText()
  const format = useFormat()
  const [, go] = useLocation()
  const { me, leave } = useSession()
  const [choice, setChoice] = useState<'delete' | 'anonymise'>('delete')
  const [done, setDone] = useState<Done | null>(null)
  const [copied, setCopied] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const cancel = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      const { ticket, request } = await props.guarded(() => api.call('POST /api/privacy/cancel', { body: { choice } }))
      // what waits unsent on this device belongs to the account too; the page erases it (DESIGN, section 4)
      await eraseAllKept()
      setDone({
        address: `${window.location.origin}/ended/${ticket}`,
        until: format.day(request.grace_until ?? request.asked_at),
        due: format.day(request.due_at ?? request.asked_at),
      })
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const close = () => {
    props.onClose()
    if (!done) return
    leave()
    go('/')
  }
  if (done)
    return (
      <Dialog
        open
        alert
        locked
        title={t.rights.cancelDoneTitle}
        text={t.rights.cancelDone(done.until, done.due)}
        onClose={close}
      >
        <p>{t.rights.cancelTicket}</p>
        <p className="ticket mono small">{done.address}</p>
        <div className="actions">
          <button
            type="button"
            className="button"
            onClick={() => navigator.clipboard.writeText(done.address).then(() => setCopied(true), setError)}
          >
            {copied ? t.rights.cancelCopied : t.rights.cancelCopy}
          </button>
          <button type="button" className="button primary" onClick={close}>
            {t.app.done}
          </button>
        </div>
        <ProblemNote error={error} />
      </Dialog>
    )
  return (
    <Dialog open={!props.hidden} alert title={t.rights.cancelTitle} text={t.rights.cancelLead} onClose={close}>
      <form className="stack" onSubmit={cancel}>
        {me?.guest && !me.password ? <p>{t.rights.cancelNoWayBack}</p> : null}
        <fieldset className="choices">
          <legend className="label">{t.rights.cancelHow}</legend>
          {(['delete', 'anonymise'] as const).map((one) => (
            <label key={one} className="row">
              <input type="radio" name="choice" checked={choice === one} onChange={() => setChoice(one)} />
              <span>{one === 'delete' ? t.rights.cancelDelete : t.rights.cancelAnonymise}</span>
            </label>
          ))}
        </fieldset>
        <ProblemNote error={error} />
        <div className="actions">
          <button type="button" className="button" onClick={close}>
            {t.app.cancel}
          </button>
          <button type="submit" className="button danger" disabled={busy}>
            {t.rights.cancelDo}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
