/** The whole notice: short layer first, then its nine parts, as printed from the policy. */
import { Link } from 'wouter'
import { useAnswer } from '../api/use-answer.ts'
import { ReadNote } from '../policy/read-note.tsx'
import { useReading } from '../policy/reading.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useSpeech, useTitle } from '../text/text.tsx'
import { readNotice } from './notice.ts'
import { NoticeText } from './notice-text.tsx'
import './notice.css'

/** The page; the same text the server prints as HTML and Markdown. */
export function NoticePage() {
  const { t, locale } = useSpeech()
  useTitle(t.noticePage.title)
  const notice = useAnswer(`notice ${locale}`, () => readNotice(locale))
  const reading = useReading()
  const changed = new Set(reading?.sections.map(({ id }) => id))
  const printed = notice.value
  if (!printed)
    return (
      <div className="page narrow stack">
        <h1>{t.noticePage.title}</h1>
        <ProblemNote error={notice.error} again={notice.again} />
        {notice.loading ? <p className="soft">{t.noticeLayer.loading}</p> : null}
      </div>
    )
  return (
    <article className="page narrow notice" lang={printed.locale}>
      <h1>{printed.title}</h1>
      <p className="small soft mono version">{printed.version_line}</p>
      <p className="row small no-print">
        <button type="button" className="button small" onClick={() => window.print()}>
          {t.noticePage.print}
        </button>
        <a href={`/api/notice?locale=${locale}&format=markdown`} download={`sotto-notice-${locale}.md`}>
          {t.noticePage.markdown}
        </a>
        <a href={`/api/notice?locale=${locale}&format=json`} download={`sotto-notice-${locale}.json`}>
          {t.noticePage.json}
        </a>
        <Link href="/notice/register">{t.policy.register}</Link>
        <Link href="/notice/versions">{t.policy.all}</Link>
      </p>
      <ReadNote channel="page" />
      <NoticeText printed={printed} changed={changed} register />
    </article>
  )
}
