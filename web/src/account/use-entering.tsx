/** What both ways in share: the second step where there is one, and the question of joining a guest's things, asked once. */
import { type ReactNode, useState } from 'react'
import type { Me } from '../api/api.ts'
import { codeOf } from '../api/problem.ts'
import { Dialog } from '../shell/dialog.tsx'
import { useText } from '../text/text.tsx'

/** What is added to the proof of the way itself. */
export interface Besides {
  readonly totp?: string
  readonly merge?: boolean
}

/** A way in under way. `totp` is null until the server asks for it. */
export interface Entering {
  readonly totp: string | null
  setTotp(code: string): void
  readonly error: unknown
  readonly busy: boolean
  /** Tries to enter. */
  enter(): Promise<void>
  /** Runs another step of the same way, its failure shown in the same place. */
  run(act: () => Promise<void>): Promise<void>
  /** Begins anew: another number. */
  reset(): void
  /** The question of joining, while it is asked. */
  readonly question: ReactNode
}

/** `send` carries the proof to the server; `onEntered` gets who one is now. */
export function useEntering(send: (besides: Besides) => Promise<Me>, onEntered: (me: Me) => void): Entering {
  const t = useText()
  const [totp, setTotp] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  const [agreed, setAgreed] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const run = async (act: () => Promise<void>) => {
    setBusy(true)
    setError(null)
    try {
      await act()
    } catch (problem) {
      const name = codeOf(problem)
      if (name === 'merge_needed') setAsking(true)
      // the field for the second step appears; asking for it is no failure
      else if (name === 'totp_needed' && totp === null) setTotp('')
      else setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const enterWith = (merge: boolean) =>
    run(async () => onEntered(await send({ ...(totp ? { totp } : {}), ...(merge ? { merge } : {}) })))
  return {
    totp,
    setTotp,
    error,
    busy,
    enter: () => enterWith(agreed),
    run,
    reset() {
      setTotp(null)
      setAgreed(false)
      setError(null)
    },
    question: (
      <Dialog open={asking} alert title={t.sign.mergeTitle} text={t.sign.mergeText} onClose={() => setAsking(false)}>
        <div className="equal-buttons">
          <button
            type="button"
            className="button wrap"
            onClick={() => {
              setAsking(false)
              setAgreed(true)
              enterWith(true)
            }}
          >
            {t.sign.merge}
          </button>
          <button type="button" className="button wrap" onClick={() => setAsking(false)}>
            {t.sign.noMerge}
          </button>
        </div>
      </Dialog>
    ),
  }
}
