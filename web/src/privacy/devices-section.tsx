/** The person's devices, told apart by random numbers; this one's can be renewed or forgotten (C81). */
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { api } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useText } from '../text/text.tsx'
import { useMayKeep } from './cookie-choice.ts'
import { forgetInstallId, installId, renewInstallId } from './install-id.ts'

/** `on`: the person has agreed to it. */
export function DevicesSection({ on }: { on: boolean }) {
  const t = useText()
  const format = useFormat()
  const devices = useAnswer(`devices ${on}`, (signal) => api.call('GET /api/devices', {}, { signal }))
  const [error, setError] = useState<unknown>(null)
  const [mine, setMine] = useState(installId)
  const { put } = devices
  const may = useMayKeep()
  useEffect(() => {
    // switched off: the server has erased its side, the number here goes too
    if (on) return
    forgetInstallId()
    setMine(null)
  }, [on])
  const renew = async () => {
    setError(null)
    const made = renewInstallId()
    if (!made) return
    try {
      const body = made.replaces === null ? {} : { replaces: made.replaces }
      put(await api.call('PUT /api/devices/:install', { params: { install: made.install }, body }))
      setMine(made.install)
    } catch (problem) {
      forgetInstallId()
      setError(problem)
    }
  }
  const forget = (install: string) =>
    api.call('DELETE /api/devices/:install', { params: { install } }).then((left) => {
      put(left)
      if (install !== mine) return
      forgetInstallId()
      setMine(null)
    }, setError)
  if (!on) return null
  return (
    <section aria-labelledby="devices" className="stack tight">
      <h2 id="devices">{t.permissions.devices}</h2>
      <p className="small soft">{t.permissions.devicesLead}</p>
      <ProblemNote error={error ?? devices.error} />
      <ul className="plain-list">
        {(devices.value ?? []).map((one) => (
          <li key={one.install} className="row spread small">
            <span>
              {one.name ?? t.permissions.unnamed} · <span className="mono">{one.install.slice(0, 8)}</span> ·{' '}
              {format.moment(one.since)}{' '}
              {one.install === mine ? <span className="badge">{t.permissions.thisOne}</span> : null}
            </span>
            <button type="button" className="button small" onClick={() => forget(one.install)}>
              {t.permissions.forget}
            </button>
          </li>
        ))}
      </ul>
      <p>
        <button type="button" className="button small" disabled={!may('install_id')} onClick={renew}>
          {mine === null ? t.permissions.makeNumber : t.permissions.renewNumber}
        </button>{' '}
        {may('install_id') ? null : <Link href="/cookies">{t.permissions.refusedHere}</Link>}
      </p>
    </section>
  )
}
