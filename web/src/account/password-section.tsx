/** Setting and removing a password. */
import { type FormEvent, useState } from 'react'
import { api, type Me } from '../api/api.ts'
import { useSession } from '../session/session.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useText } from '../text/text.tsx'
import { useStepUp } from './step-up.tsx'
import { strengthOf } from './strength.ts'

/** The meter is a first guess; the server's answer says why a password is refused. */
export function PasswordSection({ me }: { me: Me }) {
  const t = useText()
  const { take } = useSession()
  const { guarded, dialog } = useStepUp()
  const [password, setPassword] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [note, setNote] = useState('')
  const score = strengthOf(password)
  const done = async () => {
    setPassword('')
    setNote(t.my.saved)
    take(await api.call('GET /api/me', {}))
  }
  const set = (event: FormEvent) => {
    event.preventDefault()
    setError(null)
    setNote('')
    guarded(() => api.call('PUT /api/me/password', { body: { password } })).then(done, setError)
  }
  const remove = () => {
    setError(null)
    guarded(() => api.call('DELETE /api/me/password', {})).then(done, setError)
  }
  return (
    <div className="stack tight">
      <p className="small soft">{me.password ? t.my.passwordSet : t.my.passwordNone}</p>
      <form className="stack tight" onSubmit={set}>
        <div className="field narrow-field">
          <label className="field">
            <span>{t.my.passwordNew}</span>
            <input
              type="password"
              autoComplete="new-password"
              minLength={8}
              maxLength={200}
              required
              value={password}
              aria-describedby="password-hint"
              onChange={(event) => setPassword(event.target.value)}
            />
          </label>
          <span id="password-hint" className="tiny soft">
            {t.my.passwordHint}
          </span>
        </div>
        {password ? (
          <div>
            <div className="strength" aria-hidden>
              {[1, 2, 3, 4].map((step) => (
                <i key={step} className={score >= step ? 'on' : ''} />
              ))}
            </div>
            <p className="tiny soft" role="status">
              {t.my.strength}: {t.my.strengths[score]}
            </p>
          </div>
        ) : null}
        <ProblemNote error={error} />
        <div className="row">
          <button type="submit" className="button small">
            {t.my.passwordSave}
          </button>
          {me.password ? (
            <button type="button" className="button small" onClick={remove}>
              {t.my.passwordRemove}
            </button>
          ) : null}
          <span role="status" className="small soft">
            {note}
          </span>
        </div>
      </form>
      {dialog}
    </div>
  )
}
