/** Who received something: the sharings of the ledger, newest first (C12, C112). */
import { api } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { ScrollTable } from '../shell/scroll-table.tsx'
import { useFormat, useSpeech } from '../text/text.tsx'

/** The list, or that there is none. */
export function ReceivedSection() {
  const { t, locale } = useSpeech()
  const format = useFormat()
  const received = useAnswer('received', (signal) => api.call('GET /api/privacy/received', {}, { signal }))
  const names = useAnswer(`names ${locale}`, async () => (await import('../privacy/policy-words.ts')).names(locale))
  const name = names.value ?? ((_: string, id: string) => id)
  return (
    <section aria-labelledby="received">
      <h2 id="received">{t.rights.received}</h2>
      <ProblemNote error={received.error} again={received.again} />
      {received.value?.length === 0 ? <p className="soft">{t.rights.receivedNone}</p> : null}
      {received.value && received.value.length > 0 ? (
        <ScrollTable label={t.rights.received}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t.privacy.openingWhen}</th>
                <th scope="col">{t.rights.receivedWho}</th>
                <th scope="col">{t.privacy.openingWhat}</th>
              </tr>
            </thead>
            <tbody>
              {received.value.map((row) => (
                <tr key={row.index}>
                  <td className="numbers nowrap">{format.moment(row.at)}</td>
                  <td>{name('recipients', row.recipient)}</td>
                  <td>{format.list(row.categories.map((one) => name('categories', one)))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollTable>
      ) : null}
    </section>
  )
}
