/** Erasing everything of a category, or everything held for a purpose, while the account goes on (C211, C214). */
import type { Answer } from '@sotto/server/client'
import { useState } from 'react'
import { useStepUp } from '../account/step-up.tsx'
import { api } from '../api/api.ts'
import { refreshLibrary } from '../api/library.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Dialog } from '../shell/dialog.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useFormat, useSpeech } from '../text/text.tsx'

type Erased = Answer<'POST /api/privacy/erase-part'>

/** The choice, the question, what a new look found. */
export function ErasePartSection() {
  const { t, locale } = useSpeech()
  const format = useFormat()
  const { guarded, dialog } = useStepUp()
  const erasable = useAnswer('erasable', (signal) => api.call('GET /api/privacy/erasable', {}, { signal }))
  const names = useAnswer(`names ${locale}`, async () => (await import('../privacy/policy-words.ts')).names(locale))
  const [chosen, setChosen] = useState('')
  const [asking, setAsking] = useState(false)
  const [erased, setErased] = useState<Erased | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const name = names.value ?? ((_: string, id: string) => id)
  const [section = '', id = ''] = chosen.split(' ')
  const title = chosen === '' ? '' : name(section === 'category' ? 'categories' : 'purposes', id)
  const erase = async () => {
    setBusy(true)
    setError(null)
    try {
      const body = section === 'category' ? { category: id } : { purpose: id }
      setErased(await guarded(() => api.call('POST /api/privacy/erase-part', { body })))
      refreshLibrary().catch(() => undefined)
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const close = () => {
    setAsking(false)
    setErased(null)
    setError(null)
  }
  return (
    <section aria-labelledby="erase-part">
      <h2 id="erase-part">{t.rights.partTitle}</h2>
      <p className="small soft">{t.rights.partLead}</p>
      <ProblemNote error={erasable.error} again={erasable.again} />
      <div className="row ends">
        <label className="field">
          <span>{t.rights.partWhat}</span>
          <select value={chosen} onChange={(event) => setChosen(event.target.value)}>
            <option value="">{t.rights.partChoose}</option>
            <optgroup label={t.rights.partCategories}>
              {erasable.value?.categories.map((one) => (
                <option key={one} value={`category ${one}`}>
                  {name('categories', one)}
                </option>
              ))}
            </optgroup>
            <optgroup label={t.rights.partPurposes}>
              {erasable.value?.purposes.map((one) => (
                <option key={one} value={`purpose ${one}`}>
                  {name('purposes', one)}
                </option>
              ))}
            </optgroup>
          </select>
        </label>
        <button type="button" className="button danger" disabled={chosen === ''} onClick={() => setAsking(true)}>
          {t.rights.partOpen}
        </button>
      </div>
      <Dialog
        open={asking && !dialog}
        alert
        title={erased ? t.certificate.title : title}
        text={erased ? undefined : t.rights.partAsk(title)}
        onClose={close}
      >
        {erased ? (
          <p>
            {t.rights.partDone(
              format.number(erased.items),
              format.number(erased.records + erased.fields),
              format.number(erased.checks.reduce((sum, { found }) => sum + found, 0)),
            )}
          </p>
        ) : null}
        <ProblemNote error={error} />
        <div className="actions">
          <button type="button" className="button" onClick={close}>
            {erased ? t.app.done : t.app.cancel}
          </button>
          {erased ? null : (
            <button type="button" className="button danger" disabled={busy} onClick={erase}>
              {t.rights.partDo}
            </button>
          )}
        </div>
      </Dialog>
      {dialog}
    </section>
  )
}
