/** What a translation needs that is not here: which model, how large, under which licence, from where; fetching it. */
import { useEffect, useState } from 'react'
import { type Answer, api } from '../api/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useText } from '../text/text.tsx'

type Model = Answer<'GET /api/models/translation'>['models'][number]

/** Asked again this often while something is being fetched. */
const LOOK_MS = 1000

/** `onHere` is called when all that is needed is here. */
export function ModelsNeed(props: { missing: readonly string[]; language: string; onHere(): void }) {
  const t = useText()
  const format = useFormat()
  const { missing, onHere } = props
  const known = useAnswer('models', (signal) => api.call('GET /api/models/translation', {}, { signal }))
  const [error, setError] = useState<unknown>(null)
  const models = (known.value?.models ?? []).filter(({ id }) => missing.includes(id))
  const fetching = models.some((model) => model.fetching !== null)
  const { again } = known
  useEffect(() => {
    if (!fetching) return
    const timer = window.setTimeout(again, LOOK_MS)
    return () => window.clearTimeout(timer)
  })
  const all = models.length > 0 && models.every(({ here }) => here)
  useEffect(() => {
    if (all) onHere()
  }, [all, onHere])
  const ask = (model: Model, stop: boolean) => {
    setError(null)
    const params = { model: model.id }
    const asked = stop
      ? api.call('DELETE /api/models/translation/:model', { params })
      : api.call('POST /api/models/translation/:model', { params })
    asked.then(again, setError)
  }
  return (
    <div className="stack tight">
      <p>{t.dub.need(format.language(props.language))}</p>
      {models.map((model) => (
        <div key={model.id} className="stack tight small">
          <p>
            <code>{model.id}</code>, {format.bytes(model.bytes)}
          </p>
          {model.host ? (
            <>
              <p className="soft">
                {t.dub.licence} <code>{model.licence}</code> · {t.dub.from} <code>{model.host}</code>
              </p>
              <p className="soft">{t.dub.fetchSends}</p>
            </>
          ) : null}
          <details>
            <summary>{t.dub.digest}</summary>
            <ul className="plain-list tiny mono dub-digests">
              {model.files.map((file) => (
                <li key={file.path}>
                  {file.path} {file.sha256}
                </li>
              ))}
            </ul>
          </details>
          {model.fetching ? (
            <div className="stack tight">
              <p className="numbers" role="status" aria-live="off">
                {t.dub.fetching(format.bytes(model.fetching.done), format.bytes(model.fetching.total))}
              </p>
              <progress aria-label={model.id} value={model.fetching.done} max={model.fetching.total} />
              <p>
                <button type="button" className="button small" onClick={() => ask(model, true)}>
                  {t.app.cancel}
                </button>
              </p>
            </div>
          ) : model.here ? null : known.value?.fetch && model.host ? (
            <p>
              <button type="button" className="button small" onClick={() => ask(model, false)}>
                {t.dub.fetch(format.bytes(model.bytes))}
              </button>
            </p>
          ) : (
            <div>
              <p className="soft">{t.dub.fetchOff}</p>
              <p>
                <code>sotto models get {model.id}</code>
              </p>
            </div>
          )}
          {model.problem ? (
            <p className="problem" role="alert">
              {t.dub.fetchFailed}
            </p>
          ) : null}
        </div>
      ))}
      <ProblemNote error={error ?? known.error} />
    </div>
  )
}
