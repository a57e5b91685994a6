/** What went wrong, said where it happened, with a way to try again where there is one. */
import { problemText } from '../api/problem.ts'
import { useText } from '../text/text.tsx'

/** Says nothing while `error` is null. */
export function ProblemNote({ error, lead, again }: { error: unknown; lead?: string; again?: () => void }) {
  const t = useText()
  if (!error) return null
  return (
    <div className="problem row spread" role="alert">
      <span>
        {lead ? `${lead} ` : ''}
        {problemText(error, t)}
      </span>
      {again ? (
        <button type="button" className="button small" onClick={again}>
          {t.app.retry}
        </button>
      ) : null}
    </div>
  )
}
