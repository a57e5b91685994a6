/** My: profile, number, security, where one is signed in; the way to Settings and Privacy Settings. */
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { api } from '../api/api.ts'
import { useSession } from '../session/session.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useText, useTitle } from '../text/text.tsx'
import { NobodyHere } from './nobody-here.tsx'
import { NumberSection } from './number-section.tsx'
import { PasswordSection } from './password-section.tsx'
import { ProfileSection } from './profile-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import { TotpSection } from './totp-section.tsx'
import './account.css'

/** The page of `/my`. */
export function MyPage() {
  const t = useText()
  const format = useFormat()
  useTitle(t.my.title)
  const { me, leave } = useSession()
  const [, go] = useLocation()
  const [error, setError] = useState<unknown>(null)
  if (!me) return <NobodyHere />
  const out = () =>
    api.call('POST /api/session/end', {}).then(() => {
      leave()
      go('/')
    }, setError)
  return (
    <div className="page narrow stack my">
      <div className="row spread">
        <h1>{t.my.title}</h1>
        <Link href="/my/settings" className="button">
          {t.my.settingsLink}
        </Link>
      </div>
      <p className="small soft">
        {me.guest ? `${t.app.guest} · ` : ''}
        {t.my.member(format.moment(me.created_at))}
      </p>
      <ProfileSection key={me.handle} me={me} />
      <NumberSection me={me} />
      <section aria-labelledby="security">
        <h2 id="security">{t.my.security}</h2>
        <PasswordSection me={me} />
        <TotpSection me={me} />
      </section>
      <SessionsSection />
      <section aria-label={t.app.signOut}>
        {me.guest ? <p className="small soft">{t.my.guestNote}</p> : null}
        <ProblemNote error={error} />
        <p>
          <button type="button" className="button" onClick={out}>
            {t.app.signOut}
          </button>
        </p>
      </section>
    </div>
  )
}
