/** The words of an item, whatever state they are in: none, coming in, there. Survives a reload at any point. */
import { type RefObject, useEffect, useState } from 'react'
import { api, type Edit, type Item, type Segment, type Transcript } from '../api/api.ts'
import { onSegment } from '../api/events.ts'
import { isActive } from '../api/library.ts'
import { codeOf } from '../api/problem.ts'
import { useAnswer } from '../api/use-answer.ts'
import { latestJob } from '../item/job-note.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useText } from '../text/text.tsx'
import type { Draft } from './draft.ts'
import { withSegment } from './live-segments.ts'
import { WordsEditor } from './words-editor.tsx'
import { WordsLive } from './words-live.tsx'

/** Asks for what is there, then follows the events of the job under way. */
export function WordsSection(props: {
  item: Item
  duration: number
  media: RefObject<HTMLMediaElement | null>
  onDraft(draft: Draft, flush: () => Promise<void>): void
}) {
  const { item } = props
  const t = useText()
  const job = latestJob(item.jobs, ['transcribe'])
  const running = job !== null && isActive(job)
  // the key changes when the words become partial or complete, and with each transcription that ends
  const ended = running ? 'running' : (job?.ended_at ?? '')
  const key = item.transcript === 'none' ? null : `words ${item.id} ${item.transcript} ${ended}`
  const loaded = useAnswer(key, async (signal): Promise<{ transcript: Transcript; edit: Edit } | null> => {
    try {
      const [transcript, edit] = await Promise.all([
        api.call('GET /api/items/:id/transcript', { params: { id: item.id } }, { signal }),
        api.call('GET /api/items/:id/edit', { params: { id: item.id } }, { signal }),
      ])
      return { transcript, edit }
    } catch (error) {
      if (codeOf(error) === 'words_missing') return null // the first words are not there yet
      throw error
    }
  })
  const [heard, setHeard] = useState<readonly Segment[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another job begins with no words
  useEffect(() => {
    setHeard([])
    return onSegment((one) => {
      if (one.item === item.id) setHeard((list) => withSegment(list, one.segment))
    })
  }, [item.id, job?.id])
  if (running) {
    const before = loaded.value?.transcript.complete === false ? loaded.value.transcript.segments : []
    const segments = heard.reduce(withSegment, before as readonly Segment[])
    if (segments.length === 0) return <p className="soft">{t.words.none}</p>
    return <WordsLive segments={segments} language={loaded.value?.transcript.language ?? 'und'} media={props.media} />
  }
  if (loaded.error) return <ProblemNote error={loaded.error} again={loaded.again} />
  if (key === null) return <p className="soft">{t.words.none}</p>
  if (!loaded.value) return <p className="soft">{loaded.loading ? t.app.loading : t.words.none}</p>
  return <WordsEditor key={key} {...props} transcript={loaded.value.transcript} edit={loaded.value.edit} />
}
