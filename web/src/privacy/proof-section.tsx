/** Receipts of consents, and the ledger's head checked against what this browser remembers. */
import { useState } from 'react'
import { useStepUp } from '../account/step-up.tsx'
import { api } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { BringBack } from '../rights/bring-back.tsx'
import { TakeAway } from '../rights/take-away.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { saveFile } from '../shell/save-file.ts'
import { useFormat, useText } from '../text/text.tsx'
import { checkLedger } from './ledger.ts'

/** Things a person can take away: receipts, a copy of every record, the ledger's head. */
export function ProofSection() {
  const t = useText()
  const format = useFormat()
  const ledger = useAnswer('ledger', checkLedger)
  const { guarded, dialog } = useStepUp()
  const [error, setError] = useState<unknown>(null)
  const receipts = () =>
    api
      .call('GET /api/consents/receipts', {})
      .then(
        (list) =>
          saveFile(
            new Blob([JSON.stringify(list, null, 2)], { type: 'application/json' }),
            'sotto-consent-receipts.json',
          ),
        setError,
      )
  const copy = () =>
    guarded(() => api.call('GET /api/privacy/copy', {}))
      .then((response) => response.blob())
      .then((file) => saveFile(file, 'sotto-copy.json'), setError)
  const says = {
    first: t.privacy.ledgerFirst,
    good: t.privacy.ledgerGood(format.number(ledger.value?.head.size ?? 0)),
    broken: t.privacy.ledgerBad,
  }
  return (
    <section aria-labelledby="receipts">
      <h2 id="receipts">{t.privacy.receipts}</h2>
      <p className="small soft">{t.privacy.receiptsLead}</p>
      <p>
        <button type="button" className="button small" onClick={receipts}>
          {t.privacy.receiptsGet}
        </button>
      </p>
      <h3>{t.privacy.copyTitle}</h3>
      <TakeAway />
      <BringBack />
      <p className="small soft">{t.privacy.copyLead}</p>
      <p>
        <button type="button" className="button small" onClick={copy}>
          {t.privacy.copyGet}
        </button>
      </p>
      {dialog}
      <ProblemNote error={error} />
      <h3>{t.privacy.ledger}</h3>
      <p className="small soft">{t.privacy.ledgerLead}</p>
      {ledger.value ? (
        <>
          <p className={ledger.value.state === 'broken' ? 'problem' : 'small'} role="status">
            {says[ledger.value.state]}
          </p>
          <details className="small">
            <summary>{t.privacy.ledgerSigned}</summary>
            <pre className="mono signed">{ledger.value.signed}</pre>
          </details>
        </>
      ) : ledger.error ? (
        <p className="small soft">{t.privacy.ledgerUnknown}</p>
      ) : null}
    </section>
  )
}
