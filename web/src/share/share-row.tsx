/** One link of one's own: what it shows, until when, when it was opened, and the way to end it (C203-C205). */
import { useState } from 'react'
import { api, type Share } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useText } from '../text/text.tsx'

/** `named`: with the name of the recording, where it is not clear which. */
export function ShareRow({ share, named, onEnd }: { share: Share; named?: boolean; onEnd(share: Share): void }) {
  const t = useText()
  const format = useFormat()
  const [copied, setCopied] = useState(false)
  const [looking, setLooking] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const address = `${window.location.origin}/s/${share.token}`
  const fetches = useAnswer(looking ? `fetches ${share.id}` : null, (signal) =>
    api.call('GET /api/shares/:id/fetches', { params: { id: share.id } }, { signal }),
  )
  return (
    <li className="share-row">
      {named ? <p className="switch-name">{share.name}</p> : null}
      <p className="ticket mono small">{address}</p>
      <p className="small soft">
        {t.share.shows(format.list(share.what.map((one) => t.share.parts[one])), t.share.modes[share.mode])}
        {share.expires_at ? ` · ${t.share.until(format.moment(share.expires_at))}` : ''}
        {share.password ? ` · ${t.share.withPassword}` : ''}
      </p>
      <details onToggle={(event) => setLooking(event.currentTarget.open)}>
        <summary className="small">
          {t.share.opened(share.opened, share.last_opened_at ? format.moment(share.last_opened_at) : '')}
        </summary>
        <ul className="small" aria-label={t.share.openings}>
          {fetches.value?.map((one) => (
            <li key={one.at}>
              {format.moment(one.at)} · {one.agent ?? t.share.unknownAgent}
            </li>
          ))}
        </ul>
      </details>
      <ProblemNote error={error ?? fetches.error} />
      <p className="row">
        <button
          type="button"
          className="button small"
          onClick={() => navigator.clipboard.writeText(address).then(() => setCopied(true), setError)}
        >
          {copied ? t.share.copied : t.share.copy}
        </button>
        <button
          type="button"
          className="button small danger"
          onClick={() =>
            api.call('DELETE /api/shares/:id', { params: { id: share.id } }).then(() => onEnd(share), setError)
          }
        >
          {t.share.end}
        </button>
      </p>
    </li>
  )
}
