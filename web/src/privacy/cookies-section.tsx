/** Everything the site keeps in the browser, from the policy (C100, C101). */

import { useAnswer } from '../api/use-answer.ts'
import { ScrollTable } from '../shell/scroll-table.tsx'
import { useSpeech } from '../text/text.tsx'

/** A table of the registry. */
export function CookiesSection() {
  const { t, locale } = useSpeech()
  const list = useAnswer(`cookies ${locale}`, async () => (await import('./policy-words.ts')).cookies(locale))
  return (
    <section aria-labelledby="cookies">
      <h2 id="cookies">{t.privacy.cookies}</h2>
      <p className="small soft">{t.privacy.cookiesLead}</p>
      <ScrollTable label={t.privacy.cookies}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.privacy.cookieName}</th>
              <th scope="col">{t.privacy.cookieFor}</th>
              <th scope="col">{t.privacy.cookiePlace}</th>
              <th scope="col">{t.privacy.cookieKeep}</th>
            </tr>
          </thead>
          <tbody>
            {(list.value ?? []).map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  {one.name} <span className="mono tiny">{one.key}</span>
                </th>
                <td>{one.what}</td>
                <td>{one.store_name}</td>
                <td>{one.keep}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollTable>
    </section>
  )
}
