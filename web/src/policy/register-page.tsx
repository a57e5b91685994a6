/** The control register: from each sentence of the notice to its rule, its tests, and the last evidence (C169). */
import { useEffect } from 'react'
import { Link } from 'wouter'
import { type Answer, api } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { NoticeLine } from '../notice/notice-line.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useSpeech, useTitle } from '../text/text.tsx'
import './policy.css'

type Register = Answer<'GET /api/policy/register'>

/** The page of `/notice/register`; `#section` leads to what stands behind one section. */
export function RegisterPage() {
  const { t, locale } = useSpeech()
  const format = useFormat()
  useTitle(t.policy.register)
  const answer = useAnswer(`register ${locale}`, (signal) =>
    api.call('GET /api/policy/register', { query: { locale } }, { signal }),
  )
  const register = answer.value
  useEffect(() => {
    // The sections come after the address was gone to.
    if (register) document.getElementById(location.hash.slice(1))?.scrollIntoView()
  }, [register])
  return (
    <div className="page narrow stack">
      <p className="small">
        <Link href="/notice">{t.noticePage.title}</Link>
      </p>
      <h1>{t.policy.register}</h1>
      <p className="small soft">{t.policy.registerLead}</p>
      <ProblemNote error={answer.error} again={answer.again} />
      {answer.loading && !register ? <p className="soft">{t.app.loading}</p> : null}
      {register ? (
        <>
          <p className="small">
            {t.policy.evidence(
              format.moment(register.made_at),
              format.number(register.broken),
              format.number(register.proven),
            )}
          </p>
          {register.sections.map((one) => (
            <section key={one.id} id={one.id} className="stack tight" aria-labelledby={`behind-${one.id}`}>
              <h2 id={`behind-${one.id}`} className="register-title">
                {one.title}
              </h2>
              <ul className="small">
                {one.sentences.map((line, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: printed once
                  <li key={index}>
                    <NoticeLine line={line} />
                  </li>
                ))}
              </ul>
              <p className="tiny soft">
                {t.policy.rule} <code>{one.rule}</code>
              </p>
              <Clauses of={one.clauses} register={register} />
            </section>
          ))}
        </>
      ) : null}
    </div>
  )
}

function Clauses({ of, register }: { of: readonly number[]; register: Register }) {
  const { t } = useSpeech()
  const rows = register.clauses.filter(({ clause }) => of.includes(clause))
  return (
    <details className="small">
      <summary>{t.policy.clauses(rows.map(({ clause }) => `C${clause}`).join(', '))}</summary>
      <dl className="register">
        {rows.map(({ clause, proven, rules, tests }) => (
          <div key={clause}>
            <dt>
              C{clause} <span className="badge">{proven ? t.policy.proven : t.policy.unproven}</span>
            </dt>
            <dd>
              {rules.map((file) => (
                <code key={file}>{file}</code>
              ))}
              <ul lang="en">
                {tests.map(({ file, name }) => (
                  <li key={`${file} ${name}`}>
                    {name} <code>{file}</code>
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
