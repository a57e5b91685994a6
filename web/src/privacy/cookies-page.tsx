/** What is kept in this browser, for everyone, also before anything was agreed to (C110). */
import { useText, useTitle } from '../text/text.tsx'
import { CookiesSection } from './cookies-section.tsx'
import '../account/account.css'
import './privacy.css'

/** The page of `/cookies`. */
export function CookiesPage() {
  const t = useText()
  useTitle(t.privacy.cookies)
  return (
    <div className="page narrow stack my privacy">
      <h1>{t.permissions.cookiesTitle}</h1>
      <p className="soft">{t.permissions.cookiesWhat}</p>
      <CookiesSection />
    </div>
  )
}
