/** The short layer of the notice with its two equal answers. */
import { useState } from 'react'
import { Link } from 'wouter'
import { useAnswer } from '../api/use-answer.ts'
import { useSession } from '../session/session.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useSpeech } from '../text/text.tsx'
import { readNotice } from './notice.ts'
import { NoticeLine } from './notice-line.tsx'

/** `onRefuse` and `onAgree` tell the surroundings; agreeing as such is done here. */
export function NoticeLayer({ onAgree, onRefuse }: { onAgree?: () => void; onRefuse(): void }) {
  const { t, locale } = useSpeech()
  const format = useFormat()
  const { begin, status } = useSession()
  const notice = useAnswer(`notice ${locale}`, () => readNotice(locale))
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const agree = () => {
    setBusy(true)
    begin()
      .then(() => onAgree?.(), setError)
      .finally(() => setBusy(false))
  }
  return (
    <div className="stack tight">
      {notice.value ? (
        <>
          <ul className="notice-points small">
            {notice.value.short.lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one printed notice never move
              <li key={index}>
                <NoticeLine line={line} />
              </li>
            ))}
          </ul>
          <p className="tiny soft">
            {t.noticeLayer.version(notice.value.version, format.day(notice.value.effective))} ·{' '}
            <Link href="/notice">{t.noticeLayer.whole}</Link>
          </p>
        </>
      ) : notice.error ? (
        <ProblemNote error={notice.error} lead={t.noticeLayer.failed} again={notice.again} />
      ) : (
        <p className="soft small">{t.noticeLayer.loading}</p>
      )}
      <ProblemNote error={error} />
      <div className="equal-buttons">
        {status && !status.guests ? (
          <Link href="/sign-in" className="button wrap">
            {t.noticeLayer.agreeSignIn}
          </Link>
        ) : (
          <button type="button" className="button wrap" disabled={!notice.value || busy} onClick={agree}>
            {t.noticeLayer.agree}
          </button>
        )}
        <button type="button" className="button wrap" onClick={onRefuse}>
          {t.noticeLayer.refuse}
        </button>
      </div>
    </div>
  )
}
