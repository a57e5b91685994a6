/** Everything of mine as one file: records, a summary to read, and the recordings (GDPR 20, PIPL 45). */
import { useState } from 'react'
import { useStepUp } from '../account/step-up.tsx'
import { api } from '../api/api.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { saveAddress } from '../shell/save-file.ts'
import { useSpeech } from '../text/text.tsx'

/** The button; the browser saves the file as it comes, however large it is. */
export function TakeAway() {
  const { t, locale } = useSpeech()
  const { guarded, dialog } = useStepUp()
  const [error, setError] = useState<unknown>(null)
  const take = () => {
    setError(null)
    guarded(() => api.call('GET /api/privacy/archive', { query: { ask: 'yes' } })).then(
      () => saveAddress(`/api/privacy/archive?locale=${locale}`, ''),
      setError,
    )
  }
  return (
    <>
      <p className="small soft">{t.rights.takeLead}</p>
      <p>
        <button type="button" className="button" onClick={take}>
          {t.rights.takeDo}
        </button>
      </p>
      <ProblemNote error={error} />
      {dialog}
    </>
  )
}
