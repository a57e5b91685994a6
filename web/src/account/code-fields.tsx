/** The fields that every way by phone number has: the number, and the code that was sent to it. */
import { useId } from 'react'
import { useFormat, useText } from '../text/text.tsx'

/** What the server answers when a code was asked for. */
export interface SentCode {
  readonly challenge: string
  readonly sent: 'page' | 'sms'
  /** Where the host shows codes on the page. */
  readonly code?: string | undefined
  /** Seconds. */
  readonly expires_in: number
}

/** A phone number; `label` names whose. */
export function NumberField(props: { label: string; number: string; onNumber(number: string): void }) {
  const t = useText()
  const hint = useId()
  return (
    <div className="field narrow-field">
      <label className="field">
        <span>{props.label}</span>
        <input
          type="tel"
          autoComplete="tel"
          required
          minLength={5}
          maxLength={30}
          value={props.number}
          aria-describedby={hint}
          onChange={(event) => props.onNumber(event.target.value)}
        />
      </label>
      <span id={hint} className="tiny soft">
        {t.sign.numberHint}
      </span>
    </div>
  )
}

/** Where the code is, and the field for it. */
export function CodeField(props: { sent: SentCode; number: string; code: string; onCode(code: string): void }) {
  const t = useText()
  const format = useFormat()
  const hint = useId()
  const { sent } = props
  return (
    <>
      {sent.code ? (
        <p className="shown-code" role="status">
          <span className="small soft">{t.sign.codeShown}</span> <strong className="numbers">{sent.code}</strong>
        </p>
      ) : (
        <p role="status">{t.sign.codeSent(props.number)}</p>
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
            value={props.code}
            aria-describedby={hint}
            onChange={(event) => props.onCode(event.target.value)}
          />
        </label>
        <span id={hint} className="tiny soft">
          {t.sign.codeHint(format.waiting(sent.expires_in))}
        </span>
      </div>
    </>
  )
}
