/** The dialogue of a major change: what reads differently, what waits, and which agreements are asked for again (C17, C250). */
import { useState } from 'react'
import { Link } from 'wouter'
import { api, type Reading } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { noticeSeen } from '../notice/notice.ts'
import { Dialog } from '../shell/dialog.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useSpeech } from '../text/text.tsx'
import { later, sayRead } from './reading.ts'

/** Two equal answers; each agreement has its own button, and none is needed to go on. */
export function ChangeDialog({ reading }: { reading: Reading }) {
  const { t, locale } = useSpeech()
  const format = useFormat()
  const [agreed, setAgreed] = useState<readonly string[]>([])
  const [error, setError] = useState<unknown>(null)
  const words = useAnswer(`changed words ${locale}`, async () => {
    const { names, settingWords } = await import('../privacy/policy-words.ts')
    return { name: names(locale), setting: (id: string) => settingWords(locale, id) }
  })
  const again = async (setting: string) => {
    setError(null)
    try {
      const notice = await noticeSeen(locale)
      await api.call('PUT /api/consents/:setting', { params: { setting }, body: { on: true, notice } })
      setAgreed((old) => [...old, setting])
    } catch (problem) {
      setError(problem)
    }
  }
  return (
    <Dialog open title={t.policy.title} text={t.policy.lead} onClose={later}>
      <div className="stack tight small">
        {reading.sections.length > 0 ? (
          <>
            <p>{t.policy.sections(reading.sections.length)}</p>
            <ul>
              {reading.sections.map((one) => (
                <li key={one.id}>
                  <Link href={`/notice#${one.id}`} onClick={later}>
                    {one.title}
                  </Link>
                </li>
              ))}
            </ul>
          </>
        ) : null}
        {reading.widened.length > 0 ? (
          <p>
            {t.policy.waiting(format.list(reading.widened.map((one) => words.value?.name('purposes', one) ?? one)))}
          </p>
        ) : null}
        {reading.renew.length > 0 ? (
          <>
            <p>{t.policy.renew}</p>
            <ul className="plain-list">
              {reading.renew.map((setting) => (
                <li key={setting} className="row spread">
                  <span>{words.value?.setting(setting)?.name ?? setting}</span>
                  <button
                    type="button"
                    className="button small"
                    disabled={agreed.includes(setting)}
                    onClick={() => again(setting)}
                  >
                    {agreed.includes(setting) ? t.policy.agreedAgain : t.policy.agreeAgain}
                  </button>
                </li>
              ))}
            </ul>
          </>
        ) : null}
        <p>
          <Link href={`/notice/versions/${reading.current.number}`} onClick={later}>
            {t.policy.see}
          </Link>{' '}
          <Link href="/notice#contact" onClick={later}>
            {t.permissions.askHost}
          </Link>
        </p>
      </div>
      <ProblemNote error={error} />
      <div className="equal-buttons">
        <button type="button" className="button wrap" onClick={() => sayRead(locale, 'dialog').catch(setError)}>
          {t.policy.haveRead}
        </button>
        <button type="button" className="button wrap" onClick={later}>
          {t.policy.later}
        </button>
      </div>
    </Dialog>
  )
}
