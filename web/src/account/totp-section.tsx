/** The second step: set up with a square code, confirmed once, turned off again. */
import { type FormEvent, useState } from 'react'
import { api, type Me } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useSession } from '../session/session.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useText } from '../text/text.tsx'
import { useStepUp } from './step-up.tsx'

function SquareCode({ uri }: { uri: string }) {
  const t = useText()
  const picture = useAnswer(uri, async () => {
    const { default: qrcode } = await import('qrcode-generator')
    const code = qrcode(0, 'M')
    code.addData(uri)
    code.make()
    const size = code.getModuleCount()
    const cells: string[] = []
    for (let row = 0; row < size; row += 1)
      for (let column = 0; column < size; column += 1)
        if (code.isDark(row, column)) cells.push(`M${column} ${row}h1v1h-1z`)
    return { size, path: cells.join('') }
  })
  if (!picture.value) return null
  return (
    <svg className="qr" viewBox={`0 0 ${picture.value.size} ${picture.value.size}`} role="img" aria-label={t.my.totpQr}>
      <title>{t.my.totpQr}</title>
      <path d={picture.value.path} fill="#000" />
    </svg>
  )
}

/** Recovery codes are shown once, here. */
export function TotpSection({ me }: { me: Me }) {
  const t = useText()
  const { take } = useSession()
  const { guarded, dialog } = useStepUp()
  const [setup, setSetup] = useState<{ uri: string; secret: string } | null>(null)
  const [code, setCode] = useState('')
  const [recovery, setRecovery] = useState<readonly string[] | null>(null)
  const [error, setError] = useState<unknown>(null)
  const again = async () => take(await api.call('GET /api/me', {}))
  const begin = () => {
    setError(null)
    setRecovery(null)
    guarded(() => api.call('POST /api/me/totp', {})).then(setSetup, setError)
  }
  const confirm = (event: FormEvent) => {
    event.preventDefault()
    setError(null)
    api.call('POST /api/me/totp/confirm', { body: { code } }).then((answer) => {
      setRecovery(answer.recovery)
      setSetup(null)
      setCode('')
      return again()
    }, setError)
  }
  const remove = () => {
    setError(null)
    guarded(() => api.call('DELETE /api/me/totp', {})).then(() => {
      setRecovery(null)
      return again()
    }, setError)
  }
  return (
    <div className="stack tight">
      <h3>{t.my.totp}</h3>
      <p className="small soft">{me.totp ? t.my.totpOn : t.my.totpOff}</p>
      {setup ? (
        <form className="stack tight" onSubmit={confirm}>
          <p className="small">{t.my.totpScan}</p>
          <SquareCode uri={setup.uri} />
          <p className="small">
            {t.my.totpSecret}: <span className="mono">{setup.secret}</span>
          </p>
          <label className="field narrow-field">
            <span>{t.sign.totp}</span>
            <input
              className="numbers"
              inputMode="numeric"
              autoComplete="one-time-code"
              pattern="\d{6}"
              required
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          </label>
          <div className="row">
            <button type="submit" className="button small primary">
              {t.my.totpConfirm}
            </button>
            <button type="button" className="button small" onClick={() => setSetup(null)}>
              {t.app.cancel}
            </button>
          </div>
        </form>
      ) : (
        <p>
          <button type="button" className="button small" onClick={me.totp ? remove : begin}>
            {me.totp ? t.my.totpRemove : t.my.totpBegin}
          </button>
        </p>
      )}
      {recovery ? (
        <div className="stack tight" role="status">
          <h3>{t.my.recovery}</h3>
          <p className="small">{t.my.recoveryText}</p>
          <ul className="recovery mono">
            {recovery.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <ProblemNote error={error} />
      {dialog}
    </div>
  )
}
