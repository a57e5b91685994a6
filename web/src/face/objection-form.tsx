/** For somebody who is shown in a picture: objects by the number in its label; who they are is not asked. */
import { ProblemError } from '@sotto/server/client'
import { type FormEvent, useState } from 'react'
import { api } from '../api/api.ts'
import { useText } from '../text/text.tsx'

/** `code`: the number that was read of a file, to begin with. */
export function ObjectionForm(props: { code: string }) {
  const t = useText()
  const [code, setCode] = useState(props.code)
  const [said, setSaid] = useState('')
  const [problem, setProblem] = useState('')
  const object = async (event: FormEvent) => {
    event.preventDefault()
    setSaid('')
    setProblem('')
    try {
      await api.call('POST /api/faces/objections', { body: { code: code.trim() } })
      setSaid(t.verify.objectionDone)
    } catch (error) {
      const unknown = error instanceof ProblemError && [400, 404].includes(error.problem.status)
      setProblem(
        unknown ? t.verify.objectionUnknown : error instanceof ProblemError ? error.problem.title : t.face.unavailable,
      )
    }
  }
  return (
    <form className="stack" onSubmit={object} aria-labelledby="objection">
      <h2 id="objection">{t.verify.objection}</h2>
      <p className="soft small">{t.verify.objectionWhat}</p>
      <label className="field">
        <span>{t.verify.objectionCode}</span>
        <input value={code} required onChange={(event) => setCode(event.target.value)} />
      </label>
      <div className="row">
        <button type="submit" className="button">
          {t.verify.object}
        </button>
      </div>
      <p role="status">{said}</p>
      {problem ? (
        <p className="problem" role="alert">
          {problem}
        </p>
      ) : null}
    </form>
  )
}
