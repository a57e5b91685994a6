/** The number that leads to the account: binding one, and changing it by a code that goes to the new one (C195). */
import { type FormEvent, useState } from 'react'
import { Link } from 'wouter'
import { api, type Me } from '../api/api.ts'
import { useSession } from '../session/session.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useText } from '../text/text.tsx'
import { CodeField, NumberField, type SentCode } from './code-fields.tsx'
import { useStepUp } from './step-up.tsx'

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
  const { status } = useSession()
  const { guarded, dialog } = useStepUp()
  const [number, setNumber] = useState('')
  const [asked, setAsked] = useState<SentCode | null>(null)
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
          <CodeField sent={asked} number={number} code={code} onCode={setCode} />
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
          <NumberField label={t.rights.numberNew} number={number} onNumber={setNumber} />
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
