/** What an erasure destroyed, as the server found it by reading its stores again. */
import type { Certificate } from '../api/api.ts'
import { saveFile } from '../shell/save-file.ts'
import { useFormat, useText } from '../text/text.tsx'
import './certificate.css'

/** Counts, the table of checks, the day the last copy of the keys is gone, the place in the ledger. */
export function CertificateView({ certificate }: { certificate: Certificate }) {
  const t = useText()
  const format = useFormat()
  const stores: Readonly<Record<string, string>> = t.certificate.stores
  const facts: readonly (readonly [string, string])[] = [
    [t.certificate.keys, format.number(certificate.keys_destroyed)],
    [t.certificate.records, format.number(certificate.records_removed)],
    [t.certificate.objects, format.number(certificate.objects_removed)],
    [t.certificate.last, format.day(certificate.last_copy_gone)],
    [t.certificate.at, format.moment(certificate.at)],
  ]
  return (
    <div className="stack tight certificate">
      <dl className="facts numbers">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className="scroll-x">
        <table className="numbers">
          <caption>{t.certificate.checks}</caption>
          <thead>
            <tr>
              <th scope="col">{t.certificate.store}</th>
              <th scope="col">{t.certificate.read}</th>
              <th scope="col">{t.certificate.found}</th>
            </tr>
          </thead>
          <tbody>
            {certificate.checks.map((check) => (
              <tr key={check.store}>
                <th scope="row">{stores[check.store] ?? check.store}</th>
                <td>{format.number(check.read)}</td>
                <td>{format.number(check.found)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="tiny soft">
        {t.certificate.ledger}:{' '}
        <span className="mono">
          {t.certificate.entry(format.number(certificate.ledger.size), certificate.ledger.root)}
        </span>
      </p>
      <p>
        <button
          type="button"
          className="button small"
          onClick={() =>
            saveFile(
              new Blob([JSON.stringify(certificate, null, 2)], { type: 'application/json' }),
              `sotto-certificate-${certificate.id}.json`,
            )
          }
        >
          {t.certificate.save}
        </button>
      </p>
    </div>
  )
}
