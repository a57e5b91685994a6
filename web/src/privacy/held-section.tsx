/** What is held: on the server by kind, and sealed on this device. */
import { useState } from 'react'
import { api } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { listKept } from '../record/kept.ts'
import { keepWords } from '../rights/keep-words.ts'
import { RecordsDialog } from '../rights/records-dialog.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { ScrollTable } from '../shell/scroll-table.tsx'
import { useFormat, useSpeech } from '../text/text.tsx'

/** Counts and bytes, with the purposes they are held for. */
export function HeldSection() {
  const { t, locale } = useSpeech()
  const format = useFormat()
  const held = useAnswer('held', (signal) => api.call('GET /api/privacy/held', {}, { signal }))
  const names = useAnswer(`names ${locale}`, async () => (await import('./policy-words.ts')).names(locale))
  const device = useAnswer('device', listKept)
  const [inside, setInside] = useState<string | null>(null)
  const rows = (held.value ?? []).filter((row) => row.count > 0)
  const kept = device.value ?? []
  return (
    <section aria-labelledby="held">
      <h2 id="held">{t.privacy.held}</h2>
      <ProblemNote error={held.error} again={held.again} />
      {held.loading && !held.value ? <p className="soft">{t.app.loading}</p> : null}
      {held.value && rows.length === 0 ? <p className="soft">{t.privacy.heldNothing}</p> : null}
      {rows.length > 0 ? (
        <ScrollTable label={t.privacy.held}>
          <table className="numbers">
            <thead>
              <tr>
                <th scope="col">{t.privacy.heldKind}</th>
                <th scope="col">{t.privacy.heldCount}</th>
                <th scope="col">{t.privacy.heldBytes}</th>
                <th scope="col">{t.rights.heldFrom}</th>
                <th scope="col">{t.privacy.heldFor}</th>
                <th scope="col">{t.rights.heldUntil}</th>
                <th scope="col">{t.privacy.heldOldest}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.kind}>
                  <th scope="row">
                    <button type="button" className="link" title={t.rights.look} onClick={() => setInside(row.kind)}>
                      {names.value?.('kinds', row.kind) ?? row.kind}
                    </button>
                  </th>
                  <td>{format.number(row.count)}</td>
                  <td>{format.bytes(row.bytes)}</td>
                  <td>{names.value?.('sources', row.source) ?? row.source}</td>
                  <td>{format.list(row.purposes.map((one) => names.value?.('purposes', one) ?? one))}</td>
                  <td>{keepWords(row.keep, t)}</td>
                  <td>{row.oldest ? format.moment(row.oldest) : ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollTable>
      ) : null}
      {inside ? (
        <RecordsDialog kind={inside} title={names.value?.('kinds', inside) ?? inside} onClose={() => setInside(null)} />
      ) : null}
      <h3>{t.privacy.onDevice}</h3>
      <p className="small soft">
        {kept.length === 0
          ? t.privacy.onDeviceNone
          : t.privacy.onDeviceSome(kept.length, format.bytes(kept.reduce((sum, one) => sum + one.bytes, 0)))}
      </p>
    </section>
  )
}
