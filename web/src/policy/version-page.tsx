/** One version of the notice: what it changed, where its text reads differently, and the text itself (C249). */
import type { Notice } from '@sotto/policy'
import { Link } from 'wouter'
import { api } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { NoticeText } from '../notice/notice-text.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useSpeech, useTitle } from '../text/text.tsx'
import { ReadNote } from './read-note.tsx'
import './policy.css'

/** The page of `/notice/versions/:number`. */
export function VersionPage({ number }: { number: string }) {
  const { t, locale } = useSpeech()
  const format = useFormat()
  useTitle(t.policy.versions)
  const version = useAnswer(`version ${number} ${locale}`, (signal) =>
    api.call('GET /api/policy/versions/:number', { params: { number }, query: { locale } }, { signal }),
  )
  const one = version.value
  return (
    <div className="page narrow stack">
      <p className="small">
        <Link href="/notice/versions">{t.policy.all}</Link>
      </p>
      <h1>{one ? t.policy.version(one.version, format.number(one.number)) : t.policy.versions}</h1>
      <ProblemNote error={version.error} again={version.again} />
      {one ? (
        <>
          <p className="small soft">
            {t.policy.severity[one.severity]} · {t.policy.published(format.moment(one.published_at))}
          </p>
          <p className="tiny soft">
            {t.policy.fingerprint} <span className="mono break">{one.hash}</span>
          </p>
          <ReadNote channel="page" />
          <section aria-labelledby="changed" className="stack tight">
            <h2 id="changed">{t.policy.changed}</h2>
            {one.changes.length === 0 ? (
              <p className="soft">{one.severity === 'first' ? t.policy.changedNothing : t.policy.changedWords}</p>
            ) : (
              <ul>
                {one.changes.map((change) => (
                  <li key={change.text}>
                    {change.text}{' '}
                    {change.clause ? <span className="tiny soft">({t.policy.why(change.clause)})</span> : null}
                  </li>
                ))}
              </ul>
            )}
          </section>
          {one.sections.length > 0 ? (
            <section aria-labelledby="differences" className="stack tight">
              <h2 id="differences">{t.policy.differences}</h2>
              {one.sections.map((section) => (
                <section key={section.id} className="stack tight" aria-label={section.title}>
                  <h3>{section.title}</h3>
                  {section.removed.map((line) => (
                    <p key={line} className="small difference">
                      <span className="badge">{t.policy.removed}</span> <del>{line}</del>
                    </p>
                  ))}
                  {section.added.map((line) => (
                    <p key={line} className="small difference">
                      <span className="badge">{t.policy.added}</span> <ins>{line}</ins>
                    </p>
                  ))}
                </section>
              ))}
            </section>
          ) : null}
          <section aria-labelledby="text" className="notice">
            <h2 id="text">{t.policy.text}</h2>
            {/* What the server keeps of a version is the notice as the policy printed it. */}
            <NoticeText printed={one.notice as unknown as Notice} />
          </section>
        </>
      ) : version.loading ? (
        <p className="soft">{t.app.loading}</p>
      ) : null}
    </div>
  )
}
