/** The number that leads to the account: binding one, and changing it by a code that goes to the new one (C195). */
import { type FormEvent, useState } from 'react'
import { Link } from 'wouter'
import { type Answer, api, type Me } from '../api/api.ts'
import { useSession } from '../session/session.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useText } from '../text/text.tsx'
import { useStepUp } from './step-up.tsx'

type Asked = Answer<'POST /api/me/number/code'>

/** The number, masked, and what can be done with it. */
export function NumberSection({ me }: { me: Me }) {
  const t = useText()
  const { take } = useSession()
  const [changing, setChanging] = useState(false)
  const [changed, setChanged] = useState(false)
  return (
    <section aria-labelledby="number">
      <h2 id="number">{t.my.number}</h2>
      {me.number_masked ? (
        <div className="row spread">
          <p className="numbers">{me.number_masked}</p>
          {changing ? null : (
            <button type="button" className="button" onClick={() => setChanging(true)}>
              {t.rights.numberChange}
            </button>
          )}
        </div>
      ) : (
        <div className="row spread">
          <p className="soft">{t.my.noNumber}</p>
          <Link href="/sign-in" className="button">
            {t.my.bind}
          </Link>
        </div>
      )}
      {changing ? (
        <ChangeForm
          onClose={(now) => {
            setChanging(false)
            setChanged(now !== null)
            if (now) take(now)
          }}
        />
      ) : null}
      <p role="status" className="small soft">
        {changed ? t.rights.numberChanged : ''}
      </p>
    </section>
  )
}

function ChangeForm({ onClose }: { onClose(now: Me | null): void }) {
  const t = useText()
  const format = useFormat()
  const { status } = useSession()
  const { guarded, dialog } = useStepUp()
  const [number, setNumber] = useState('')
  const [asked, setAsked] = useState<Asked | null>(null)
  const [code, setCode] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  if (status?.codes === 'off') return <p className="problem">{t.sign.codesOff}</p>
  const run = (act: () => Promise<void>) => (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    act()
      .catch(setError)
      .finally(() => setBusy(false))
  }
  const ask = run(async () => {
    setAsked(await guarded(() => api.call('POST /api/me/number/code', { body: { number } })))
    setCode('')
  })
  const change = run(async () => {
    const challenge = asked?.challenge ?? ''
    onClose(await guarded(() => api.call('PUT /api/me/number', { body: { challenge, code } })))
  })
  const cancel = (
    <button type="button" className="button" onClick={() => onClose(null)}>
      {t.app.cancel}
    </button>
  )
  return (
    <>
      <p className="small soft">{t.rights.numberChangeLead}</p>
      {asked ? (
        <form className="stack" onSubmit={change}>
          {asked.code ? (
            <p className="shown-code" role="status">
              <span className="small soft">{t.sign.codeShown}</span> <strong className="numbers">{asked.code}</strong>
            </p>
          ) : (
            <p role="status">{t.sign.codeSent(number)}</p>
          )}
          <div className="field narrow-field">
            <label className="field">
              <span>{t.sign.code}</span>
              <input
                className="numbers"
                inputMode="numeric"
                autoComplete="one-time-code"
                pattern="\d{6}"
                maxLength={6}
                required
                value={code}
                aria-describedby="new-code-hint"
                onChange={(event) => setCode(event.target.value)}
              />
            </label>
            <span id="new-code-hint" className="tiny soft">
              {t.sign.codeHint(format.waiting(asked.expires_in))}
            </span>
          </div>
          <ProblemNote error={error} />
          <div className="row">
            <button type="submit" className="button primary" disabled={busy}>
              {t.rights.numberChange}
            </button>
            {cancel}
          </div>
        </form>
      ) : (
        <form className="stack" onSubmit={ask}>
          <div className="field narrow-field">
            <label className="field">
              <span>{t.rights.numberNew}</span>
              <input
                type="tel"
                autoComplete="tel"
                required
                minLength={5}
                maxLength={30}
                value={number}
                aria-describedby="new-number-hint"
                onChange={(event) => setNumber(event.target.value)}
              />
            </label>
            <span id="new-number-hint" className="tiny soft">
              {t.sign.numberHint}
            </span>
          </div>
          <ProblemNote error={error} />
          <div className="row">
            <button type="submit" className="button primary" disabled={busy}>
              {t.sign.send}
            </button>
            {cancel}
          </div>
        </form>
      )}
      {dialog}
    </>
  )
}
