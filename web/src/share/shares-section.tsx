/** What is public of mine: every link that still works (C13, C203-C205). */
import { api } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useText } from '../text/text.tsx'
import { ShareRow } from './share-row.tsx'
import './share.css'

/** The list, or that there is nothing. */
export function SharesSection() {
  const t = useText()
  const shares = useAnswer('shares', (signal) => api.call('GET /api/shares', {}, { signal }))
  return (
    <section aria-labelledby="shares">
      <h2 id="shares">{t.share.public}</h2>
      <p className="small soft">{t.share.publicLead}</p>
      <ProblemNote error={shares.error} again={shares.again} />
      {shares.value?.length === 0 ? <p className="soft">{t.share.publicNone}</p> : null}
      <ul className="plain-list">
        {shares.value?.map((one) => (
          <ShareRow
            key={one.id}
            share={one}
            named
            onEnd={(gone) => shares.put((shares.value ?? []).filter(({ id }) => id !== gone.id))}
          />
        ))}
      </ul>
    </section>
  )
}
