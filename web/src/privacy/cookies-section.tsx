/** Everything the site keeps in the browser, from the policy, with what may be refused (C100, C101, C110). */
import { useState } from 'react'
import { useAnswer } from '../api/use-answer.ts'
import { registerServiceWorker } from '../pwa/register.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { ScrollTable } from '../shell/scroll-table.tsx'
import { useSpeech } from '../text/text.tsx'
import { CONVENIENCES, choose, chooseAll, useMayKeep, useSignal } from './cookie-choice.ts'

/** A table of the registry; refusing is as near as allowing. */
export function CookiesSection() {
  const { t, locale } = useSpeech()
  const list = useAnswer(`cookies ${locale}`, async () => (await import('./policy-words.ts')).cookies(locale))
  const mayKeep = useMayKeep()
  const signal = useSignal()
  const [error, setError] = useState<unknown>(null)
  const done = (work: Promise<void>) => work.then(registerServiceWorker, setError)
  return (
    <section aria-labelledby="cookies">
      <h2 id="cookies">{t.privacy.cookies}</h2>
      <p className="small soft">{t.privacy.cookiesLead}</p>
      {signal ? <p className="small">{t.permissions.signal}</p> : null}
      <div className="equal-buttons">
        <button type="button" className="button wrap" onClick={() => done(chooseAll(false))}>
          {t.permissions.refuseAll}
        </button>
        <button type="button" className="button wrap" onClick={() => done(chooseAll(true))}>
          {t.permissions.allowAll}
        </button>
      </div>
      <ProblemNote error={error} />
      <ScrollTable label={t.privacy.cookies}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.privacy.cookieName}</th>
              <th scope="col">{t.privacy.cookieFor}</th>
              <th scope="col">{t.privacy.cookiePlace}</th>
              <th scope="col">{t.privacy.cookieKeep}</th>
              <th scope="col">{t.permissions.allowed}</th>
            </tr>
          </thead>
          <tbody>
            {(list.value ?? []).map((one) => {
              const refusable = CONVENIENCES.find((id) => id === one.id)
              return (
                <tr key={one.id}>
                  <th scope="row">
                    {one.name} <span className="mono tiny">{one.key}</span>
                  </th>
                  <td>{one.what}</td>
                  <td>{one.store_name}</td>
                  <td>{one.keep}</td>
                  <td>
                    {refusable ? (
                      <input
                        type="checkbox"
                        aria-label={one.name}
                        checked={mayKeep(refusable)}
                        onChange={(event) => done(choose({ [refusable]: event.target.checked }))}
                      />
                    ) : (
                      one.need_name
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </ScrollTable>
    </section>
  )
}
