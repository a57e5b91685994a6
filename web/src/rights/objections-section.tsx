/** Objecting to what the studio does in its own interest; granted at once (GDPR 21, PIPL 44). */
import { Switch as BaseSwitch } from '@base-ui/react/switch'
import { useState } from 'react'
import { api } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useSpeech } from '../text/text.tsx'

/** One switch for each use that can be objected to; on = objected. */
export function ObjectionsSection() {
  const { t, locale } = useSpeech()
  const standing = useAnswer('standing of objections', (signal) =>
    api.call('GET /api/privacy/standing', {}, { signal }),
  )
  const words = useAnswer(`purposes ${locale}`, async () => {
    const { purposeWords } = await import('../privacy/policy-words.ts')
    return (id: string) => purposeWords(locale, id)
  })
  const [error, setError] = useState<unknown>(null)
  return (
    <section aria-labelledby="objections">
      <h2 id="objections">{t.rights.objections}</h2>
      <p className="small soft">{t.rights.objectionsLead}</p>
      <ProblemNote error={error ?? standing.error} again={standing.again} />
      <ul className="plain-list">
        {standing.value?.objections.map(({ purpose, on }) => (
          <li key={purpose} className="switch-row">
            <div>
              <span id={`object-${purpose}`} className="switch-name">
                {t.rights.objecting}: {words.value?.(purpose)?.name ?? purpose}
              </span>
              <p className="small soft" id={`object-what-${purpose}`}>
                {words.value?.(purpose)?.why}
              </p>
            </div>
            <BaseSwitch.Root
              className="switch"
              checked={on}
              onCheckedChange={(wanted) =>
                api
                  .call('PUT /api/privacy/objections/:purpose', { params: { purpose }, body: { on: wanted } })
                  .then(standing.again, setError)
              }
              aria-labelledby={`object-${purpose}`}
              aria-describedby={`object-what-${purpose}`}
            >
              <BaseSwitch.Thumb className="switch-thumb" />
            </BaseSwitch.Root>
          </li>
        ))}
      </ul>
    </section>
  )
}
