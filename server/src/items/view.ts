/** An item as its person sees it: the record, its media, its words and its jobs, in the contract's shape. */
import type { z } from 'zod'
import type { shapes } from '../contract/index.ts'
import type { Grant, Row } from '../gate/gate.ts'
import type { JobRow, Queue } from '../jobs/queue.ts'

type ItemShape = z.output<typeof shapes.Item>
type JobShape = z.output<typeof shapes.Job>

/** A job in the contract's shape. */
export function jobView(job: JobRow): JobShape {
  return {
    id: job.id,
    item: job.item,
    operation: job.kind as JobShape['operation'],
    state: job.state as JobShape['state'],
    stage: job.stage,
    done: job.done,
    total: job.total,
    attempt: job.attempt,
    problem: job.problem,
    result: job.result,
    created_at: job.created_at.toISOString(),
    started_at: job.started_at?.toISOString() ?? null,
    ended_at: job.ended_at?.toISOString() ?? null,
  }
}

type Mine = Grant<'keep_media'>

/** All items of a person, newest first. Five questions to the database, however many items; one item's source is a sixth. */
export async function itemViews(mine: Mine, queue: Queue, person: string, only?: string): Promise<ItemShape[]> {
  const where = only ? { item: only } : {}
  const [items, media, transcripts, edits, jobs] = await Promise.all([
    mine.item.list(where),
    mine.media.list({ ...where, state: 'live' }),
    mine.transcript.list(where),
    mine.edit.list(where),
    queue.of(person, only ? { item: only } : {}),
  ])
  const source = only ? items[0]?.made_from?.item : undefined
  const named = source ? [...items, ...(await mine.item.list({ item: source }))] : items
  const names = new Map(named.map((item) => [item.id, item.name]))
  const byItem = <T extends { item: string | null }>(rows: T[]) => Map.groupBy(rows, (row) => row.item)
  const mediaOf = byItem(media)
  const wordsOf = byItem(transcripts)
  const editOf = byItem(edits)
  const jobsOf = byItem(jobs)
  return items.map((item) =>
    view(item, {
      media: mediaOf.get(item.id)?.[0],
      transcript: wordsOf.get(item.id)?.[0],
      edit: editOf.get(item.id)?.[0],
      jobs: jobsOf.get(item.id) ?? [],
      names,
    }),
  )
}

interface Around {
  media: Row<'keep_media', 'media'> | undefined
  transcript: Row<'keep_media', 'transcript'> | undefined
  edit: Row<'keep_media', 'edit'> | undefined
  jobs: JobRow[]
  names: Map<string, string>
}

function view(item: Row<'keep_media', 'item'>, { media, transcript, edit, jobs, names }: Around): ItemShape {
  const prepared = jobs.find((job) => job.kind === 'prepare')
  return {
    id: item.id,
    name: item.name,
    media: item.media as ItemShape['media'],
    origin: item.origin as ItemShape['origin'],
    made_from: item.made_from
      ? {
          item: item.made_from.item,
          operation: item.made_from.operation as JobShape['operation'],
          name: names.get(item.made_from.item) ?? null,
          loudness: item.made_from.loudness ? { ...item.made_from.loudness } : null,
          speech: item.made_from.speech ?? null,
        }
      : null,
    state: item.state as ItemShape['state'],
    problem: item.state === 'ready' ? null : (prepared?.problem ?? null),
    bytes: media?.size ?? 0,
    mime: media?.mime ?? 'application/octet-stream',
    duration: item.info?.duration ?? null,
    container: item.info?.container ?? null,
    streams: (item.info?.streams ?? []).map((stream) => ({ ...stream })),
    transcript: transcript ? (transcript.complete ? 'complete' : 'partial') : 'none',
    edited: edit !== undefined && (edit.cuts.length > 0 || edit.segments !== undefined || edit.order !== undefined),
    erase_at: item.due_at?.toISOString() ?? null,
    created_at: item.created_at.toISOString(),
    jobs: jobs.slice(0, 20).map(jobView),
  }
}
