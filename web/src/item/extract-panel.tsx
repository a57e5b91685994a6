/** The sound of a video as a recording of its own. */
import type { Item } from '../api/api.ts'
import { isActive } from '../api/library.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useText } from '../text/text.tsx'
import { JobNote, latestJob } from './job-note.tsx'
import { useStart } from './use-start.ts'

/** One button, and how it stands. */
export function ExtractPanel({ item }: { item: Item }) {
  const t = useText()
  const { start, busy, error } = useStart(item.id)
  const job = latestJob(item.jobs, ['extract'])
  return (
    <div className="panel">
      <p className="soft small">{t.extract.lead}</p>
      <p>
        <button
          type="button"
          className="button primary"
          disabled={busy || (job !== null && isActive(job))}
          onClick={() => start({ operation: 'extract' })}
        >
          {t.extract.start}
        </button>
      </p>
      <ProblemNote error={error} />
      <JobNote job={job} />
    </div>
  )
}
