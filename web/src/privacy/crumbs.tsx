/** The way to a page of Privacy Settings, as the source policy names it word by word. */
import { Link } from 'wouter'
import { useText } from '../text/text.tsx'

/** `here`: the page one is on, below Privacy Settings; absent = Privacy Settings itself. */
export function Crumbs({ here }: { here?: string }) {
  const t = useText()
  return (
    <nav aria-label={t.privacy.path} className="small">
      <ol className="crumbs">
        <li>
          <Link href="/my">{t.app.my}</Link>
        </li>
        <li>
          <Link href="/my/settings">{t.app.settings}</Link>
        </li>
        {here === undefined ? (
          <li aria-current="page">{t.app.privacySettings}</li>
        ) : (
          <>
            <li>
              <Link href="/my/settings/privacy">{t.app.privacySettings}</Link>
            </li>
            <li aria-current="page">{here}</li>
          </>
        )}
      </ol>
    </nav>
  )
}
