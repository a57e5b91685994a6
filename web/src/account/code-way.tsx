/** Number, then the code, then a second step or the question of joining where the server asks for them. */
import { type FormEvent, useState } from 'react'
import { api, type Me } from '../api/api.ts'
import { codeOf } from '../api/problem.ts'
import { forgetNotice, noticeSeen } from '../notice/notice.ts'
import { useSession } from '../session/session.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useSpeech } from '../text/text.tsx'
import { CodeField, NumberField, type SentCode } from './code-fields.tsx'
import { useEntering } from './use-entering.tsx'

/** `onEntered` gets who one is now. */
export function CodeWay({ onEntered }: { onEntered(me: Me): void }) {
  const { t, locale } = useSpeech()
  const { status } = useSession()
  const [number, setNumber] = useState('')
  const [asked, setAsked] = useState<SentCode | null>(null)
  const [code, setCode] = useState('')
  const { totp, setTotp, error, busy, enter, run, reset, question } = useEntering(async (besides) => {
    const challenge = asked?.challenge ?? ''
    return api.call('POST /api/session/verify', { body: { challenge, code, ...besides } })
  }, onEntered)
  if (status?.codes === 'off') return <p className="problem">{t.sign.codesOff}</p>
  const ask = (event: FormEvent) => {
    event.preventDefault()
    run(async () => {
      const notice = await noticeSeen(locale)
      const sent = await api.call('POST /api/session/code', { body: { number, notice } }).catch((problem: unknown) => {
        if (codeOf(problem) === 'notice_changed') forgetNotice()
        throw problem
      })
      setAsked(sent)
      setCode('')
    })
  }
  return (
    <>
      {asked ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            enter()
          }}
        >
          <CodeField sent={asked} number={number} code={code} onCode={setCode} />
          {totp === null ? null : (
            <div className="field narrow-field">
              <label className="field">
                <span>{t.sign.totp}</span>
                <input
                  autoComplete="one-time-code"
                  required
                  value={totp}
                  aria-describedby="totp-hint"
                  onChange={(event) => setTotp(event.target.value)}
                />
              </label>
              <span id="totp-hint" className="tiny soft">
                {t.sign.totpHint}
              </span>
            </div>
          )}
          <ProblemNote error={error} />
          <div className="row">
            <button type="submit" className="button primary" disabled={busy}>
              {t.sign.verify}
            </button>
            <button
              type="button"
              className="button"
              onClick={() => {
                setAsked(null)
                reset()
              }}
            >
              {t.sign.otherNumber}
            </button>
          </div>
        </form>
      ) : (
        <form className="stack" onSubmit={ask}>
          <NumberField label={t.sign.number} number={number} onNumber={setNumber} />
          <ProblemNote error={error} />
          <p>
            <button type="submit" className="button primary" disabled={busy}>
              {t.sign.send}
            </button>
          </p>
        </form>
      )}
      {question}
    </>
  )
}
