/** The page of `/items/:id/timeline`: several tracks of an item. */
import { ArrowLeft } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { api } from '../api/api.ts'
import { library, refreshItem, refreshLibrary } from '../api/library.ts'
import { codeOf } from '../api/problem.ts'
import { useStore } from '../api/store.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useSession } from '../session/session.tsx'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useText, useTitle } from '../text/text.tsx'
import { Editor } from './editor.tsx'
import '../item/item.css'
import '../item/player.css'
import './timeline.css'

/** Loads the item, the library (whose recordings can be used) and the timeline. */
export function TimelinePage({ id }: { id: string }) {
  const t = useText()
  const { phase } = useSession()
  const item = useStore(library)?.find((one) => one.id === id)
  const [problem, setProblem] = useState<unknown>(null)
  useTitle(item ? t.timeline.of(item.name) : t.timeline.title)
  useEffect(() => {
    if (phase !== 'person') return
    const asked = library.get() ? refreshItem(id) : refreshLibrary().then(() => refreshItem(id))
    asked.then(() => setProblem(null), setProblem)
  }, [id, phase])
  const ready = item?.state === 'ready'
  const asked = useAnswer(ready ? id : null, (signal) =>
    api.call('GET /api/items/:id/timeline', { params: { id } }, { signal }),
  )
  if (phase === 'nobody' || codeOf(problem ?? asked.error) === 'not_found') return <NotFoundPage />
  return (
    <div className="page tl-page stack">
      <header className="stack tight">
        <p className="small">
          <Link href={`/items/${id}`} className="with-icon">
            <ArrowLeft aria-hidden />
            {t.timeline.back}
          </Link>
        </p>
        <h1>{item ? t.timeline.of(item.name) : t.timeline.title}</h1>
        <p className="soft small">{t.timeline.lead}</p>
      </header>
      {problem || asked.error ? (
        <ProblemNote error={problem ?? asked.error} lead={t.timeline.loadFailed} again={() => location.reload()} />
      ) : item && asked.value ? (
        <Editor item={item} first={asked.value} />
      ) : (
        <p className="soft">{item && !ready ? t.timeline.notReady : t.app.loading}</p>
      )}
    </div>
  )
}
