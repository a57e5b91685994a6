/** Every published version of the notice (C1, C249). */
import { Link } from 'wouter'
import { api } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useText, useTitle } from '../text/text.tsx'

/** The page of `/notice/versions`. */
export function VersionsPage() {
  const t = useText()
  const format = useFormat()
  useTitle(t.policy.versions)
  const versions = useAnswer('versions', (signal) => api.call('GET /api/policy/versions', {}, { signal }))
  return (
    <div className="page narrow stack">
      <p className="small">
        <Link href="/notice">{t.noticePage.title}</Link>
      </p>
      <h1>{t.policy.versions}</h1>
      <p className="small soft">{t.policy.versionsLead}</p>
      <ProblemNote error={versions.error} again={versions.again} />
      {versions.loading && !versions.value ? <p className="soft">{t.app.loading}</p> : null}
      <ol className="plain-list stack tight" reversed>
        {(versions.value ?? []).map((one, index) => (
          <li key={one.number} className="stack tight">
            <p className="row">
              <Link href={`/notice/versions/${one.number}`}>
                {t.policy.version(one.version, format.number(one.number))}
              </Link>
              <span className="badge">{t.policy.severity[one.severity]}</span>
              {index === 0 ? <span className="badge">{t.policy.now}</span> : null}
            </p>
            <p className="tiny soft">
              {t.policy.published(format.moment(one.published_at))} · {t.policy.fingerprint}{' '}
              <span className="mono">{one.hash.slice(0, 16)}</span>
            </p>
          </li>
        ))}
      </ol>
    </div>
  )
}
