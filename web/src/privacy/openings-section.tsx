/** Who opened what, for what: the person's own entries of the ledger, newest first. */
import { useCallback, useEffect, useState } from 'react'
import { api, type Opening } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { ScrollTable } from '../shell/scroll-table.tsx'
import { useFormat, useSpeech, useText } from '../text/text.tsx'

const PAGE = 20

/** Twenty at a time. */
export function OpeningsSection() {
  const { t, locale } = useSpeech()
  const format = useFormat()
  const names = useAnswer(`names ${locale}`, async () => (await import('./policy-words.ts')).names(locale))
  const [rows, setRows] = useState<readonly Opening[] | null>(null)
  const [end, setEnd] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const load = useCallback((before?: number) => {
    setError(null)
    api
      .call('GET /api/privacy/openings', { query: { limit: PAGE, ...(before === undefined ? {} : { before }) } })
      .then((more) => {
        setRows((old) => (before === undefined ? more : [...(old ?? []), ...more]))
        setEnd(more.length < PAGE)
      }, setError)
  }, [])
  useEffect(() => load(), [load])
  const name = names.value ?? ((_: string, id: string) => id)
  return (
    <section aria-labelledby="openings">
      <h2 id="openings">{t.privacy.openings}</h2>
      <p className="small soft">{t.privacy.openingsLead}</p>
      <ProblemNote error={error} again={() => load()} />
      {rows?.length === 0 ? <p className="soft">{t.privacy.openingsNone}</p> : null}
      {rows && rows.length > 0 ? (
        <ScrollTable label={t.privacy.openings}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t.privacy.openingWhen}</th>
                <th scope="col">{t.privacy.openingFor}</th>
                <th scope="col">{t.privacy.openingWhat}</th>
                <th scope="col">{t.privacy.openingBy}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.index}>
                  <td className="numbers nowrap">{format.moment(row.at)}</td>
                  <td>{name('purposes', row.purpose)}</td>
                  <td>
                    <Kinds names={row.categories.map((one) => name('categories', one))} />
                  </td>
                  <td>{row.by === 'self' ? t.privacy.bySelf : name('actors', row.by)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollTable>
      ) : null}
      {rows && rows.length > 0 && !end ? (
        <p>
          <button type="button" className="button small" onClick={() => load(rows.at(-1)?.index)}>
            {t.privacy.openingsMore}
          </button>
        </p>
      ) : null}
    </section>
  )
}

/** Many categories fold behind the first few. */
function Kinds({ names }: { names: readonly string[] }) {
  const t = useText()
  const format = useFormat()
  if (names.length <= 6) return format.list(names)
  return (
    <details>
      <summary>{t.privacy.moreKinds(names.slice(0, 3).join(', '), names.length - 3)}</summary>
      {format.list(names)}
    </details>
  )
}
