/** The page for an address that leads nowhere. */
import { Link } from 'wouter'
import { useText, useTitle } from '../text/text.tsx'

/** 404. */
export function NotFoundPage() {
  const t = useText()
  useTitle(t.app.notFoundTitle)
  return (
    <div className="page narrow stack">
      <h1>{t.app.notFoundTitle}</h1>
      <p className="soft">{t.app.notFound}</p>
      <p>
        <Link href="/" className="button">
          {t.app.toStudio}
        </Link>
      </p>
    </div>
  )
}
