/** My -> Settings -> Privacy Settings: switches, what is held, who opened it, proofs, what is in the browser, erasing. */
import { Link } from 'wouter'
import { NobodyHere } from '../account/nobody-here.tsx'
import { AccountSection } from '../rights/account-section.tsx'
import { DecisionsSection } from '../rights/decisions-section.tsx'
import { ErasePartSection } from '../rights/erase-part-section.tsx'
import { ObjectionsSection } from '../rights/objections-section.tsx'
import { ReceivedSection } from '../rights/received-section.tsx'
import { useSession } from '../session/session.tsx'
import { SharesSection } from '../share/shares-section.tsx'
import { useText, useTitle } from '../text/text.tsx'
import { CookiesSection } from './cookies-section.tsx'
import { Crumbs } from './crumbs.tsx'
import { EraseSection } from './erase-section.tsx'
import { HeldSection } from './held-section.tsx'
import { OpeningsSection } from './openings-section.tsx'
import { ProofSection } from './proof-section.tsx'
import { SwitchesSection } from './switches-section.tsx'
import '../account/account.css'
import './privacy.css'
import '../rights/rights.css'

/** The page of `/my/settings/privacy`. */
export function PrivacyPage() {
  const t = useText()
  useTitle(t.privacy.title)
  const { me } = useSession()
  if (!me) return <NobodyHere />
  return (
    <div className="page narrow stack my privacy">
      <Crumbs />
      <h1>{t.privacy.title}</h1>
      <p className="small">
        <Link href="/notice">{t.noticeLayer.whole}</Link>
      </p>
      <nav aria-label={t.privacy.title} className="row">
        <Link href="/my/settings/privacy/purposes" className="button small">
          {t.permissions.purposesTitle}
        </Link>
        <Link href="/my/settings/privacy/permissions" className="button small">
          {t.permissions.title}
        </Link>
      </nav>
      <SwitchesSection />
      <HeldSection />
      <OpeningsSection />
      <ReceivedSection />
      <SharesSection />
      <DecisionsSection />
      <ObjectionsSection />
      <ProofSection />
      <CookiesSection />
      <AccountSection />
      <ErasePartSection />
      <EraseSection />
    </div>
  )
}
