/** What the program decided about me by itself, why, and the way to a person who looks again (PIPL 24, GDPR 22). */
import { type FormEvent, useState } from 'react'
import { api, type Decision } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Dialog } from '../shell/dialog.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useText } from '../text/text.tsx'

/** The list, with a review for each. */
export function DecisionsSection() {
  const t = useText()
  const format = useFormat()
  const decisions = useAnswer('decisions', (signal) => api.call('GET /api/privacy/decisions', {}, { signal }))
  const [asking, setAsking] = useState<Decision | null>(null)
  const codes: Readonly<Record<string, string>> = t.codes
  return (
    <section aria-labelledby="decisions">
      <h2 id="decisions">{t.rights.decisions}</h2>
      <p className="small soft">{t.rights.decisionsLead}</p>
      <ProblemNote error={decisions.error} again={decisions.again} />
      {decisions.value?.length === 0 ? <p className="soft">{t.rights.decisionsNone}</p> : null}
      <ul className="plain-list">
        {decisions.value?.map((one) => (
          <li key={one.id} className="item-row">
            <div className="grow">
              <p>
                {t.rights.decision[one.code]} {one.reason ? (codes[one.reason] ?? '') : ''}
              </p>
              <p className="tiny soft">{t.rights.decisionTimes(one.count, format.moment(one.last_at))}</p>
              {one.review ? (
                <p className="small">
                  {one.review.answer === null
                    ? t.rights.reviewAsked(format.day(one.review.due_at ?? one.review.asked_at))
                    : `${t.rights.reviewAnswered}: ${one.review.answer}`}
                </p>
              ) : null}
            </div>
            {one.review ? null : (
              <button type="button" className="button small" onClick={() => setAsking(one)}>
                {t.rights.review}
              </button>
            )}
          </li>
        ))}
      </ul>
      {asking ? (
        <ReviewDialog
          decision={asking}
          onClose={(asked) => {
            setAsking(null)
            if (asked) decisions.again()
          }}
        />
      ) : null}
    </section>
  )
}

function ReviewDialog({ decision, onClose }: { decision: Decision; onClose(asked: boolean): void }) {
  const t = useText()
  const [words, setWords] = useState('')
  const [error, setError] = useState<unknown>(null)
  const send = (event: FormEvent) => {
    event.preventDefault()
    api
      .call('POST /api/privacy/decisions/:id/review', { params: { id: decision.id }, body: { words } })
      .then(() => onClose(true), setError)
  }
  return (
    <Dialog open title={t.rights.review} text={t.rights.decision[decision.code]} onClose={() => onClose(false)}>
      <form className="stack" onSubmit={send}>
        <label className="field">
          <span>{t.rights.reviewWords}</span>
          <textarea rows={4} maxLength={2000} value={words} onChange={(event) => setWords(event.target.value)} />
        </label>
        <ProblemNote error={error} />
        <div className="actions">
          <button type="button" className="button" onClick={() => onClose(false)}>
            {t.app.cancel}
          </button>
          <button type="submit" className="button primary">
            {t.rights.reviewSend}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
