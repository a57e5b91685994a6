/** Settings: language, appearance, and the way to Privacy Settings. */
import { useState } from 'react'
import { Link } from 'wouter'
import { api } from '../api/api.ts'
import { useSession } from '../session/session.tsx'
import { LanguagePick, ThemePick } from '../shell/picks.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { LOCALES } from '../text/locale.ts'
import { useText, useTitle } from '../text/text.tsx'
import { NobodyHere } from './nobody-here.tsx'
import './account.css'

/** The page of `/my/settings`. */
export function SettingsPage() {
  const t = useText()
  useTitle(t.my.settingsTitle)
  const { me, take } = useSession()
  const [error, setError] = useState<unknown>(null)
  if (!me) return <NobodyHere />
  return (
    <div className="page narrow stack my">
      <p className="small">
        <Link href="/my">{t.app.my}</Link>
      </p>
      <h1>{t.my.settingsTitle}</h1>
      <p className="soft small">{t.my.settingsLead}</p>
      <dl className="facts settings">
        <div>
          <dt>{t.app.language}</dt>
          <dd>
            <LanguagePick />
          </dd>
        </div>
        <div>
          <dt>{t.app.theme}</dt>
          <dd>
            <ThemePick />
          </dd>
        </div>
        <div>
          <dt id="account-locale">{t.my.accountLocale}</dt>
          <dd>
            <span className="pick">
              <select
                aria-labelledby="account-locale"
                value={me.locale ?? ''}
                onChange={(event) => {
                  const locale = LOCALES.find((one) => one === event.target.value) ?? null
                  api.call('PATCH /api/me', { body: { locale } }).then(take, setError)
                }}
              >
                <option value="">{t.my.accountLocaleUnset}</option>
                <option value="en" lang="en">
                  English
                </option>
                <option value="zh-CN" lang="zh-CN">
                  简体中文
                </option>
              </select>
            </span>
          </dd>
        </div>
      </dl>
      <ProblemNote error={error} />
      <p>
        <Link href="/my/settings/privacy" className="button primary">
          {t.app.privacySettings}
        </Link>
      </p>
    </div>
  )
}
