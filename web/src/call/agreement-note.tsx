/** What the other side of a call agreed to, beside its recording: to read, to save as a receipt, its name to correct (C53). */
import { agreementLines } from '@sotto/policy/agreement'
import { type FormEvent, useState } from 'react'
import { api } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { saveFile } from '../shell/save-file.ts'
import { useSpeech } from '../text/text.tsx'

/** `item` is a call; `name` names the receipt's file. */
export function AgreementNote({ item, name }: { item: string; name: string }) {
  const { t, locale } = useSpeech()
  const params = { id: item }
  const kept = useAnswer(`agreement ${item}`, (signal) =>
    api.call('GET /api/items/:id/agreement', { params }, { signal }),
  )
  const [other, setOther] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const agreement = kept.value
  if (!agreement) return <ProblemNote error={kept.error} />
  const lines = agreementLines(agreement, locale, Intl.DateTimeFormat().resolvedOptions().timeZone)
  const save = () =>
    saveFile(
      new Blob([`${JSON.stringify({ ...agreement, text: lines }, null, 2)}\n`], { type: 'application/json' }),
      `${name}.receipt.json`,
    )
  const rename = (event: FormEvent) => {
    event.preventDefault()
    api.call('PUT /api/items/:id/agreement', { params, body: { other: other ?? '' } }).then((changed) => {
      kept.put(changed)
      setOther(null)
      setError(null)
    }, setError)
  }
  return (
    <section className="stack tight" aria-label={t.call.agreement}>
      <h2 className="as-h3">{t.call.agreement}</h2>
      {lines.map((line) => (
        <p key={line} className="small">
          {line}
        </p>
      ))}
      {other === null ? (
        <div className="row">
          <button type="button" className="button small" onClick={save}>
            {t.call.save}
          </button>
          <button type="button" className="button small" onClick={() => setOther(agreement.other ?? '')}>
            {t.call.rename}
          </button>
        </div>
      ) : (
        <form className="row ends" onSubmit={rename}>
          <label className="field grow">
            <span>{t.call.other}</span>
            <input type="text" value={other} maxLength={100} onChange={(event) => setOther(event.target.value)} />
          </label>
          <button type="submit" className="button small primary">
            {t.app.save}
          </button>
          <button type="button" className="button small" onClick={() => setOther(null)}>
            {t.app.cancel}
          </button>
        </form>
      )}
      <ProblemNote error={error} />
    </section>
  )
}
