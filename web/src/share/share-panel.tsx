/** Making a link to one item: what it shows, one clear warning that names what is in it, and the attestation (C59, C60). */
import { type FormEvent, useState } from 'react'
import { Link } from 'wouter'
import { api, type Item, type Share } from '../api/api.ts'
import { codeOf } from '../api/problem.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useConsent } from '../consent/use-consent.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useText } from '../text/text.tsx'
import { ShareRow } from './share-row.tsx'
import './share.css'

const EXPIRES = ['P1D', 'P7D', 'P30D', 'P90D', 'P365D'] as const
const PARTS = ['sound', 'words'] as const
const MODES = ['view', 'download'] as const

/** The form, and the links there are. */
export function SharePanel({ item }: { item: Item }) {
  const t = useText()
  const format = useFormat()
  const { ensure, dialog } = useConsent('sharing')
  const shares = useAnswer(`shares of ${item.id}`, (signal) => api.call('GET /api/shares', {}, { signal }))
  const contents = useAnswer(`share ${item.id} ${item.transcript}`, (signal) =>
    api.call('GET /api/items/:id/share', { params: { id: item.id } }, { signal }),
  )
  const [what, setWhat] = useState<readonly (typeof PARTS)[number][]>(['sound'])
  const [mode, setMode] = useState<(typeof MODES)[number]>('view')
  const [expires, setExpires] = useState<(typeof EXPIRES)[number]>('P30D')
  const [password, setPassword] = useState('')
  const [attested, setAttested] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const mine = (shares.value ?? []).filter((one) => one.item === item.id)
  const shown = [...new Set(what.flatMap((part) => contents.value?.[part] ?? []))]
  const publish = async (event: FormEvent) => {
    event.preventDefault()
    setError(null)
    if (!(await ensure())) return
    setBusy(true)
    try {
      await api.call('POST /api/items/:id/shares', {
        params: { id: item.id },
        body: { what: [...what], mode, expires, warned: shown, attested: true, ...(password ? { password } : {}) },
      })
      setPassword('')
      setAttested(false)
      shares.again()
    } catch (problem) {
      setError(problem)
      contents.again()
    } finally {
      setBusy(false)
    }
  }
  const ended = (gone: Share) => shares.put((shares.value ?? []).filter(({ id }) => id !== gone.id))
  return (
    <div className="panel stack">
      <p className="small soft">{t.share.lead}</p>
      {mine.length > 0 ? (
        <ul className="plain-list" aria-label={t.share.made}>
          {mine.map((one) => (
            <ShareRow key={one.id} share={one} onEnd={ended} />
          ))}
        </ul>
      ) : null}
      <form className="stack" onSubmit={publish}>
        <fieldset className="choices">
          <legend className="label">{t.share.what}</legend>
          {PARTS.map((part) => (
            <label key={part} className="row">
              <input
                type="checkbox"
                checked={what.includes(part)}
                disabled={part === 'words' && item.transcript === 'none'}
                onChange={(event) =>
                  setWhat(event.target.checked ? [...what, part] : what.filter((other) => other !== part))
                }
              />
              <span>{t.share.parts[part]}</span>
            </label>
          ))}
          {item.transcript === 'none' ? <p className="tiny soft">{t.share.noWords}</p> : null}
        </fieldset>
        <fieldset className="choices">
          <legend className="label">{t.share.mode}</legend>
          {MODES.map((one) => (
            <label key={one} className="row">
              <input type="radio" name="mode" checked={mode === one} onChange={() => setMode(one)} />
              <span>{t.share.modes[one]}</span>
            </label>
          ))}
          {mode === 'view' ? <p className="tiny soft">{t.share.viewHint}</p> : null}
        </fieldset>
        <div className="row ends">
          <label className="field">
            <span>{t.share.expires}</span>
            <select value={expires} onChange={(event) => setExpires(event.target.value as typeof expires)}>
              {EXPIRES.map((one) => (
                <option key={one} value={one}>
                  {t.share.days[one]}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            <span>{t.share.password}</span>
            <input
              type="password"
              autoComplete="off"
              minLength={4}
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              aria-describedby="share-password-hint"
            />
          </label>
        </div>
        <p className="tiny soft" id="share-password-hint">
          {t.share.passwordHint}
        </p>
        {shown.length > 0 ? (
          <div className="share-warning" role="note">
            <p>
              <strong>{t.share.warning(format.list(shown.map((one) => t.share.contents[one])))}</strong>
            </p>
            <p className="small">{t.share.warningMore}</p>
          </div>
        ) : null}
        <label className="row">
          <input type="checkbox" checked={attested} onChange={(event) => setAttested(event.target.checked)} />
          <span>{t.share.attest}</span>
        </label>
        {codeOf(error) === 'adults_only' ? (
          <p className="problem" role="alert">
            {t.share.adults} <Link href="/my">{t.share.toMy}</Link>
          </p>
        ) : (
          <ProblemNote error={error ?? contents.error ?? shares.error} />
        )}
        <p>
          <button
            type="submit"
            className="button primary"
            disabled={busy || !attested || what.length === 0 || shown.length === 0}
          >
            {t.share.publish}
          </button>
        </p>
      </form>
      {dialog}
    </div>
  )
}
