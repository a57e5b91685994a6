/** Handle or number with a password, and the second step where there is one. */
import { type FormEvent, useState } from 'react'
import { api, type Me } from '../api/api.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useText } from '../text/text.tsx'
import { useEntering } from './use-entering.tsx'

/** `onEntered` gets who one is now. */
export function PasswordWay({ onEntered }: { onEntered(me: Me): void }) {
  const t = useText()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const { totp, setTotp, error, busy, enter, question } = useEntering(
    (besides) => api.call('POST /api/session/password', { body: { name, password, ...besides } }),
    onEntered,
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    enter()
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
        <button type="submit" className="button primary" disabled={busy}>
          {t.sign.verify}
        </button>
      </p>
      {question}
    </form>
  )
}
