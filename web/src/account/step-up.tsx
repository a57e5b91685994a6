/** Proving once more who one is, where the server asks for it, and then doing what was to be done. */
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { api } from '../api/api.ts'
import { codeOf } from '../api/problem.ts'
import { useSession } from '../session/session.tsx'
import { Dialog } from '../shell/dialog.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useText } from '../text/text.tsx'

/** `guarded` runs an act; where it needs fresh proof, `dialog` asks for it and the act runs again. */
export function useStepUp(): { guarded<T>(act: () => Promise<T>): Promise<T>; dialog: ReactNode } {
  const [open, setOpen] = useState(false)
  const settle = useRef<(proven: boolean) => void>(() => undefined)
  const finish = (proven: boolean) => {
    setOpen(false)
    settle.current(proven)
  }
  const guarded = async <T,>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act()
    } catch (error) {
      if (codeOf(error) !== 'step_up_needed') throw error
      const proven = await new Promise<boolean>((resolve) => {
        settle.current = resolve
        setOpen(true)
      })
      if (!proven) throw error
      return act()
    }
  }
  return { guarded, dialog: open ? <StepUpDialog onDone={finish} /> : null }
}

function StepUpDialog({ onDone }: { onDone(proven: boolean): void }) {
  const t = useText()
  const { me } = useSession()
  const [totp, setTotp] = useState('')
  const [password, setPassword] = useState('')
  const [error, setError] = useState<unknown>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const body = { ...(totp ? { totp } : {}), ...(password ? { password } : {}) }
    api.call('POST /api/session/step-up', { body }).then(() => onDone(true), setError)
  }
  return (
    <Dialog open title={t.stepUp.title} text={t.stepUp.text} onClose={() => onDone(false)}>
      <form className="stack" onSubmit={submit}>
        {me?.password ? (
          <label className="field">
            <span>{t.sign.password}</span>
            <input
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </label>
        ) : null}
        {me?.totp ? (
          <label className="field">
            <span>{t.sign.totp}</span>
            <input
              inputMode="numeric"
              autoComplete="one-time-code"
              value={totp}
              onChange={(event) => setTotp(event.target.value)}
            />
          </label>
        ) : null}
        <ProblemNote error={error} />
        <div className="actions">
          <button type="button" className="button" onClick={() => onDone(false)}>
            {t.app.cancel}
          </button>
          <button type="submit" className="button primary">
            {t.stepUp.go}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
