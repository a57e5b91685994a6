/** The switches: what the studio may do, each enforced by the server (C85, C201, C202). */
import { Switch as BaseSwitch } from '@base-ui/react/switch'
import { useState } from 'react'
import { api, type Switch } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { noticeSeen } from '../notice/notice.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useSpeech } from '../text/text.tsx'

const KEEPS = ['until_erased', 'P1D', 'P7D', 'P30D', 'P90D', 'P365D'] as const

/** Off is as near as on. */
export function SwitchesSection() {
  const { t, locale } = useSpeech()
  const format = useFormat()
  const switches = useAnswer('switches', (signal) => api.call('GET /api/consents', {}, { signal }))
  const words = useAnswer(`words of settings ${locale}`, async () => {
    const { settingWords } = await import('./policy-words.ts')
    return (id: string) => settingWords(locale, id)
  })
  const settings = useAnswer('settings', (signal) => api.call('GET /api/settings', {}, { signal }))
  const [error, setError] = useState<unknown>(null)
  const turn = async (one: Switch, on: boolean) => {
    setError(null)
    try {
      const changed = await api.call('PUT /api/consents/:setting', {
        params: { setting: one.setting },
        body: { on, notice: await noticeSeen(locale) },
      })
      switches.put((switches.value ?? []).map((old) => (old.setting === changed.setting ? changed : old)))
    } catch (problem) {
      setError(problem)
    }
  }
  const since = (one: Switch) => {
    const when = one.changed_at ? format.moment(one.changed_at) : ''
    return {
      unasked: t.privacy.unasked,
      given: t.privacy.given(when),
      refused: t.privacy.refusedState(when),
      withdrawn: t.privacy.withdrawn(when),
      renew: t.privacy.renew,
    }[one.state]
  }
  return (
    <section aria-labelledby="switches">
      <h2 id="switches">{t.privacy.switches}</h2>
      <p className="small soft">{t.privacy.switchesLead}</p>
      <ProblemNote error={error ?? switches.error ?? words.error} again={switches.again} />
      {switches.loading && !switches.value ? <p className="soft">{t.app.loading}</p> : null}
      <ul className="plain-list">
        {(switches.value ?? []).map((one) => {
          const named = words.value?.(one.setting)
          return (
            <li key={one.setting} className="switch-row">
              <div>
                <span id={`switch-${one.setting}`} className="switch-name">
                  {named?.name ?? one.setting}
                </span>
                <p className="small soft" id={`what-${one.setting}`}>
                  {named?.what}
                  {named && named.stops.length > 0 ? ` ${t.privacy.stops(format.list(named.stops))}` : ''}
                </p>
                <p className="tiny soft">
                  {one.on ? t.privacy.on : t.privacy.off} · {since(one)}
                </p>
              </div>
              <BaseSwitch.Root
                className="switch"
                checked={one.on}
                onCheckedChange={(on) => turn(one, on)}
                aria-labelledby={`switch-${one.setting}`}
                aria-describedby={`what-${one.setting}`}
              >
                <BaseSwitch.Thumb className="switch-thumb" />
              </BaseSwitch.Root>
            </li>
          )
        })}
      </ul>
      <div className="field narrow-field">
        <label className="field">
          <span>{t.privacy.keep}</span>
          <select
            value={settings.value?.keep_recordings ?? 'until_erased'}
            disabled={!settings.value}
            aria-describedby="keep-hint"
            onChange={(event) => {
              const keep = KEEPS.find((one) => one === event.target.value)
              if (keep) api.call('PUT /api/settings', { body: { keep_recordings: keep } }).then(settings.put, setError)
            }}
          >
            {KEEPS.map((one) => (
              <option key={one} value={one}>
                {t.privacy.keeps[one]}
              </option>
            ))}
          </select>
        </label>
        <span id="keep-hint" className="tiny soft">
          {t.privacy.keepHint}
        </span>
      </div>
    </section>
  )
}
