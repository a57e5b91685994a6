/** Handle or number with a password, and the second step where there is one. */
import { type FormEvent, useState } from 'react'
import { api, type Me } from '../api/api.ts'
import { codeOf } from '../api/problem.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useText } from '../text/text.tsx'

/** `onEntered` gets who one is now. */
export function PasswordWay({ onEntered }: { onEntered(me: Me): void }) {
  const t = useText()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [totp, setTotp] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setError(null)
    const body = { name, password, ...(totp ? { totp } : {}) }
    api.call('POST /api/session/password', { body }).then(onEntered, (problem: unknown) => {
      if (codeOf(problem) === 'totp_needed' && totp === null) setTotp('')
      else setError(problem)
    })
  }
  return (
    <form className="stack" onSubmit={submit}>
      <label className="field narrow-field">
        <span>{t.sign.name}</span>
        <input autoComplete="username" required value={name} onChange={(event) => setName(event.target.value)} />
      </label>
      <label className="field narrow-field">
        <span>{t.sign.password}</span>
        <input
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
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
      <p>
        <button type="submit" className="button primary">
          {t.sign.verify}
        </button>
      </p>
    </form>
  )
}
