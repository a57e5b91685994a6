/** What is held of one kind, value by value, masked as the policy says (C165, C195). */
import { Link } from 'wouter'
import { api } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Dialog } from '../shell/dialog.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useSpeech } from '../text/text.tsx'

/** `title` is the name of the kind. */
export function RecordsDialog({ kind, title, onClose }: { kind: string; title: string; onClose(): void }) {
  const { t, locale } = useSpeech()
  const format = useFormat()
  const records = useAnswer(`records ${kind}`, (signal) =>
    api.call('GET /api/privacy/records/:kind', { params: { kind } }, { signal }),
  )
  const names = useAnswer(`names ${locale}`, async () => (await import('../privacy/policy-words.ts')).names(locale))
  return (
    <Dialog open title={title} text={t.rights.lookLead} onClose={onClose}>
      <ProblemNote error={records.error} again={records.again} />
      {records.value?.length === 0 ? <p className="soft">{t.rights.lookNone}</p> : null}
      <ul className="plain-list">
        {records.value?.map((record) => (
          <li key={record.id} className="act">
            <p className="tiny soft">{format.moment(record.created_at)}</p>
            <dl className="facts small">
              {record.fields.map(({ field, category, shown, correct, why }) => (
                <div key={field}>
                  <dt>
                    {names.value?.('categories', category) ?? category} <span className="mono tiny">{field}</span>
                  </dt>
                  <dd>
                    {shown === '' ? '…' : shown}
                    {correct ? (
                      <>
                        {' '}
                        <Link href={correct}>{t.rights.correct}</Link>
                      </>
                    ) : null}
                    {why ? <span className="tiny soft block">{t.rights.notCorrected[why]}</span> : null}
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
      <div className="actions">
        <button type="button" className="button primary" onClick={onClose}>
          {t.app.done}
        </button>
      </div>
    </Dialog>
  )
}
