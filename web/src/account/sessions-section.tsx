/** Where one is signed in, and the way to end it there. */
import { useState } from 'react'
import { api } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useText } from '../text/text.tsx'

/** The list, this browser first marked. */
export function SessionsSection() {
  const t = useText()
  const format = useFormat()
  const sessions = useAnswer('sessions', (signal) => api.call('GET /api/sessions', {}, { signal }))
  const [error, setError] = useState<unknown>(null)
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">{t.my.sessions}</h2>
      <ProblemNote error={error ?? sessions.error} again={sessions.again} />
      <ul className="plain-list">
        {sessions.value?.map((row) => (
          <li key={row.id} className="item-row">
            <div className="grow">
              <p>
                {row.agent ?? t.my.sessionUnknown} {row.current ? <strong>({t.my.sessionHere})</strong> : null}
              </p>
              <p className="tiny soft">
                {t.my.sessionSince(format.moment(row.started_at))} · {t.my.sessionSeen(format.moment(row.seen_at))}
              </p>
            </div>
            {row.current ? null : (
              <button
                type="button"
                className="button small"
                onClick={() =>
                  api.call('DELETE /api/sessions/:id', { params: { id: row.id } }).then(sessions.again, setError)
                }
              >
                {t.my.sessionEnd}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
