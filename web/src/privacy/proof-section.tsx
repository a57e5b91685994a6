/** Receipts of consents, and the ledger's head checked against what this browser remembers. */
import { useState } from 'react'
import { api } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { saveFile } from '../shell/save-file.ts'
import { useFormat, useText } from '../text/text.tsx'
import { checkLedger } from './ledger.ts'

/** Two things a person can take away as proof. */
export function ProofSection() {
  const t = useText()
  const format = useFormat()
  const ledger = useAnswer('ledger', checkLedger)
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
