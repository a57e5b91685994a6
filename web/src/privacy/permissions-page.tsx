/** The permissions of the device: how each stands in this browser and here, what it is for, and what stops without it (C79, C85). */
import { Switch as BaseSwitch } from '@base-ui/react/switch'
import { useEffect, useState } from 'react'
import { NobodyHere } from '../account/nobody-here.tsx'
import { type Answer, api } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { noticeSeen } from '../notice/notice.ts'
import { useSession } from '../session/session.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useSpeech, useTitle } from '../text/text.tsx'
import { Crumbs } from './crumbs.tsx'
import { DevicesSection } from './devices-section.tsx'
import '../account/account.css'
import './privacy.css'

type Permission = Answer<'GET /api/permissions'>['permissions'][number]
type BrowserState = PermissionState | 'unknown'

/** Names under which browsers know them (W3C Permissions registry); the others have no state in a browser. */
const IN_BROWSER: Readonly<Record<string, string>> = {
  microphone: 'microphone',
  camera: 'camera',
  location: 'geolocation',
  notifications: 'notifications',
}

function useBrowserStates(): Readonly<Record<string, BrowserState>> {
  const [states, setStates] = useState<Readonly<Record<string, BrowserState>>>({})
  useEffect(() => {
    let gone = false
    for (const [id, name] of Object.entries(IN_BROWSER))
      navigator.permissions
        ?.query({ name: name as PermissionName })
        .then((status) => {
          const tell = () => {
            if (!gone) setStates((old) => ({ ...old, [id]: status.state }))
          }
          tell()
          status.onchange = tell
        })
        // a browser that does not know the name says nothing about it
        .catch(() => undefined)
    return () => {
      gone = true
    }
  }, [])
  return states
}

/** The page of `/my/settings/privacy/permissions`. */
export function PermissionsPage() {
  const { t, locale } = useSpeech()
  const format = useFormat()
  useTitle(t.permissions.title)
  const { me } = useSession()
  const answer = useAnswer(me ? `permissions ${locale}` : null, (signal) =>
    api.call('GET /api/permissions', { query: { locale } }, { signal }),
  )
  const states = useBrowserStates()
  const [error, setError] = useState<unknown>(null)
  if (!me) return <NobodyHere />
  const turn = async ({ setting }: Permission, on: boolean) => {
    if (setting === null) return
    setError(null)
    try {
      const notice = await noticeSeen(locale)
      await api.call('PUT /api/consents/:setting', { params: { setting }, body: { on, notice } })
      answer.again()
    } catch (problem) {
      setError(problem)
    }
  }
  const names = (list: readonly { name: string }[]) => format.list(list.map(({ name }) => name))
  const device = answer.value?.permissions.find(({ id }) => id === 'device')
  return (
    <div className="page narrow stack my privacy">
      <Crumbs here={t.permissions.title} />
      <h1>{t.permissions.title}</h1>
      <p className="small soft">{t.permissions.lead}</p>
      <ProblemNote error={error ?? answer.error} again={answer.again} />
      {answer.loading && !answer.value ? <p className="soft">{t.app.loading}</p> : null}
      <ul className="plain-list">
        {(answer.value?.permissions ?? []).map((one) => (
          <li key={one.id} className="switch-row">
            <div className="stack tight">
              <h2 id={`permission-${one.id}`} className="switch-name">
                {one.name}
              </h2>
              <p className="small soft">{one.what}</p>
              <p className="tiny soft" id={`state-${one.id}`}>
                {t.permissions.inBrowser(t.permissions.states[states[one.id] ?? 'unknown'])} ·{' '}
                {one.needed ? (one.on ? t.permissions.hereOn : t.permissions.hereOff) : t.permissions.hereNever}
              </p>
              {one.needed ? (
                <p className="tiny soft">
                  {t.permissions.forWhat(names(one.purposes))} {t.privacy.stops(names(one.functions))}
                </p>
              ) : null}
            </div>
            {one.setting !== null ? (
              <BaseSwitch.Root
                className="switch"
                checked={one.on}
                onCheckedChange={(on) => turn(one, on)}
                aria-labelledby={`permission-${one.id}`}
                aria-describedby={`state-${one.id}`}
              >
                <BaseSwitch.Thumb className="switch-thumb" />
              </BaseSwitch.Root>
            ) : null}
          </li>
        ))}
      </ul>
      {device ? <DevicesSection on={device.on} /> : null}
      {answer.value ? (
        <p className="small soft">{t.permissions.stripped(format.number(answer.value.stripped))}</p>
      ) : null}
    </div>
  )
}
