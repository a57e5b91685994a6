/** What surrounds every page: the way around, the line, the language and the look. */
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { connected } from '../api/events.ts'
import { useStore } from '../api/store.ts'
import { NoticeDialog } from '../notice/notice-dialog.tsx'
import { ChangeLayer } from '../policy/change-layer.tsx'
import { ServiceLine } from '../policy/service-line.tsx'
import { useSession } from '../session/session.tsx'
import { useText } from '../text/text.tsx'
import { LanguagePick, ThemePick } from './picks.tsx'
import { StatusLine } from './status-line.tsx'
import './shell.css'

function NavLink({ to, exact, children }: { to: string; exact?: boolean; children: ReactNode }) {
  const [path] = useLocation()
  const here = exact ? path === to : path === to || path.startsWith(`${to}/`)
  return (
    <Link href={to} aria-current={here ? 'page' : undefined}>
      {children}
    </Link>
  )
}

/** Header, page, footer. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useText()
  const { phase, me } = useSession()
  const online = useStore(connected)
  return (
    <>
      <a className="skip" href="#page">
        {t.app.skip}
      </a>
      <header className="top">
        <div className="inner">
          <Link href="/" className="wordmark" aria-label={`${t.app.title}, ${t.app.studio}`}>
            {t.app.title}
          </Link>
          <StatusLine />
          <nav aria-label={t.app.main}>
            <NavLink to="/" exact>
              {t.app.studio}
            </NavLink>
            <NavLink to="/speak">{t.speak.nav}</NavLink>
            <NavLink to="/face">{t.face.title}</NavLink>
            {phase === 'person' ? <NavLink to="/my">{t.app.my}</NavLink> : null}
            {phase !== 'person' || me?.guest ? <NavLink to="/sign-in">{t.app.signIn}</NavLink> : null}
          </nav>
        </div>
      </header>
      {online ? null : (
        <p className="banner" role="status">
          {t.app.offline}
        </p>
      )}
      <ServiceLine />
      <ChangeLayer />
      {me?.frozen ? (
        <p className="banner" role="status">
          {t.rights.frozenBanner} <Link href="/my/settings/privacy">{t.rights.bannerLink}</Link>
        </p>
      ) : null}
      <main id="page" tabIndex={-1}>
        {children}
      </main>
      <footer className="foot">
        <div className="inner">
          <Link href="/notice">{t.app.notice}</Link>
          <Link href="/cookies">{t.permissions.cookiesLink}</Link>
          <span className="push pick">
            <LanguagePick />
            <ThemePick />
          </span>
        </div>
      </footer>
      <NoticeDialog />
    </>
  )
}
