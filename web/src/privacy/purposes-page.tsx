/**
 * Consents and purposes: for each purpose its ground, data, time and recipients, and what stops without it, named before
 * the switch is turned; the same one press gives and takes back (C201, C202; GDPR 7(3)).
 */
import { Switch as BaseSwitch } from '@base-ui/react/switch'
import { useState } from 'react'
import { NobodyHere } from '../account/nobody-here.tsx'
import { type Answer, api } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { noticeSeen } from '../notice/notice.ts'
import { useSession } from '../session/session.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { saveFile } from '../shell/save-file.ts'
import { useFormat, useSpeech, useTitle } from '../text/text.tsx'
import { Crumbs } from './crumbs.tsx'
import '../account/account.css'
import './privacy.css'

type Purpose = Answer<'GET /api/purposes'>[number]

/** The page of `/my/settings/privacy/purposes`. */
export function PurposesPage() {
  const { t, locale } = useSpeech()
  useTitle(t.permissions.purposesTitle)
  const { me } = useSession()
  const purposes = useAnswer(`purposes ${locale}`, (signal) =>
    api.call('GET /api/purposes', { query: { locale } }, { signal }),
  )
  const switches = useAnswer(me ? 'switches' : null, (signal) => api.call('GET /api/consents', {}, { signal }))
  const [error, setError] = useState<unknown>(null)
  if (!me) return <NobodyHere />
  const turn = async (setting: string, on: boolean) => {
    setError(null)
    try {
      const notice = await noticeSeen(locale)
      const changed = await api.call('PUT /api/consents/:setting', { params: { setting }, body: { on, notice } })
      switches.put((switches.value ?? []).map((old) => (old.setting === setting ? changed : old)))
    } catch (problem) {
      setError(problem)
    }
  }
  const receipts = async (purpose: string) => {
    const list = await api.call('GET /api/consents/receipts', {})
    const mine = list.filter((one) => (one.pii_processing as { purpose?: string } | undefined)?.purpose === purpose)
    saveFile(new Blob([JSON.stringify(mine, null, 2)], { type: 'application/json' }), `sotto-receipts-${purpose}.json`)
  }
  const all = purposes.value ?? []
  const groups = [
    [t.permissions.asked, all.filter(({ setting }) => setting !== null)],
    [t.permissions.notAsked, all.filter(({ setting }) => setting === null)],
  ] as const
  return (
    <div className="page narrow stack my privacy">
      <Crumbs here={t.permissions.purposesTitle} />
      <h1>{t.permissions.purposesTitle}</h1>
      <p className="small soft">{t.permissions.purposesLead}</p>
      <ProblemNote error={error ?? purposes.error ?? switches.error} again={purposes.again} />
      {purposes.loading && !purposes.value ? <p className="soft">{t.app.loading}</p> : null}
      {groups.map(([title, list]) =>
        list.length === 0 ? null : (
          <section key={title} className="stack" aria-label={title}>
            <h2>{title}</h2>
            {list.map((one) => {
              const standing = switches.value?.find(({ setting }) => setting === one.setting)
              return (
                <article key={one.id} className="sheet stack tight" aria-labelledby={`purpose-${one.id}`}>
                  <div className="switch-row">
                    <div>
                      <h3 id={`purpose-${one.id}`}>{one.name}</h3>
                      <p className="small">{one.why}</p>
                    </div>
                    {one.setting !== null && standing ? (
                      <BaseSwitch.Root
                        className="switch"
                        checked={standing.on}
                        onCheckedChange={(on) => turn(standing.setting, on)}
                        aria-labelledby={`purpose-${one.id}`}
                        aria-describedby={`stops-${one.id}`}
                      >
                        <BaseSwitch.Thumb className="switch-thumb" />
                      </BaseSwitch.Root>
                    ) : null}
                  </div>
                  <Facts purpose={one} />
                  {standing && standing.state !== 'unasked' ? (
                    <p>
                      <button
                        type="button"
                        className="button small"
                        onClick={() => receipts(one.id).catch(setError)}
                        aria-label={t.permissions.receiptOf(one.name)}
                      >
                        {t.permissions.receipt}
                      </button>
                    </p>
                  ) : null}
                </article>
              )
            })}
          </section>
        ),
      )}
    </div>
  )
}

function Facts({ purpose }: { purpose: Purpose }) {
  const { t } = useSpeech()
  const format = useFormat()
  const names = (list: readonly { name: string }[]) => format.list(list.map(({ name }) => name))
  const recipients = purpose.recipients.map(({ name, country, gets }) => `${name} (${country}): ${names(gets)}`)
  return (
    <dl className="facts told small">
      <div>
        <dt>{t.permissions.basis}</dt>
        <dd>{[purpose.basis_name, purpose.citation].filter(Boolean).join('; ')}</dd>
      </div>
      <div>
        <dt>{t.permissions.data}</dt>
        <dd>
          {purpose.categories.length > 8 ? (
            <details>
              <summary>{t.permissions.allData(format.number(purpose.categories.length))}</summary>
              {names(purpose.categories)}
            </details>
          ) : (
            names(purpose.categories)
          )}
        </dd>
      </div>
      <div>
        <dt>{t.permissions.keep}</dt>
        <dd>{purpose.keep}</dd>
      </div>
      <div>
        <dt>{t.permissions.recipients}</dt>
        <dd>{recipients.length === 0 ? t.permissions.nobody : recipients.join('; ')}</dd>
      </div>
      <div>
        <dt>{t.permissions.stops}</dt>
        <dd id={`stops-${purpose.id}`}>
          {purpose.stops.length === 0 ? t.permissions.nothing : names(purpose.stops)}. {purpose.without}
        </dd>
      </div>
    </dl>
  )
}
