/** What the pages of a person show while nobody is here. */
import { Link } from 'wouter'
import { useSession } from '../session/session.tsx'
import { useText } from '../text/text.tsx'

/** Loading while it is not known; else that nothing is kept, and the ways in. */
export function NobodyHere() {
  const t = useText()
  const { phase, again } = useSession()
  return (
    <div className="page narrow stack">
      <h1>{t.app.my}</h1>
      {phase === 'asking' ? (
        <p className="soft">{t.app.loading}</p>
      ) : phase === 'away' ? (
        <div className="problem row spread" role="alert">
          <span>{t.problems.offline}</span>
          <button type="button" className="button small" onClick={again}>
            {t.app.retry}
          </button>
        </div>
      ) : (
        <>
          <p className="soft">{t.noticeLayer.refused}</p>
          <div className="row">
            <Link href="/" className="button">
              {t.app.toStudio}
            </Link>
            <Link href="/sign-in" className="button">
              {t.app.signIn}
            </Link>
          </div>
        </>
      )}
    </div>
  )
}
