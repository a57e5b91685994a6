/**
 * Items: a recording or a result, with its media object, words and edit. All of an item is sealed under the item's own
 * key, so that one item can be erased alone and for good.
 */
import { randomUUID } from 'node:crypto'
import type { Payload } from '@sotto/policy'
import type { Queue } from '../jobs/queue.ts'
import type { KeyStore } from '../keys/keyring.ts'
import { type Db, insertRecord } from '../vault/record.ts'

/** An item whose object is complete and that is about to stand. */
export interface NewItem {
  readonly id: string
  readonly person: string
  /** Id of the media record and of its object; the object is complete and durable. */
  readonly object: string
  readonly size: number
  readonly mime: string
  readonly payload: Payload<'item'>
  readonly due_at: Date | null
}

/**
 * Makes an item stand: its record, its media record and the job that prepares it, in the caller's transaction. Before it
 * commits there is only a key and an object that nothing points to (the sweep takes them away).
 */
export async function insertItem(
  tx: Db,
  parts: { keys: KeyStore; queue: Queue; now: () => Date },
  item: NewItem,
): Promise<void> {
  const { keys, now } = parts
  const row = { person: item.person, item: item.id, created_at: now(), due_at: item.due_at }
  await insertRecord(tx, keys, { ...row, id: item.id, kind: 'item', state: 'preparing', payload: item.payload })
  await insertRecord(tx, keys, {
    ...row,
    id: item.object,
    kind: 'media',
    state: 'live',
    bytes: item.size,
    payload: {
      role: item.payload.made_from ? 'result' : 'original',
      object: item.object,
      size: item.size,
      mime: item.mime,
    },
  })
  await insertJob(tx, parts, { person: item.person, item: item.id, operation: 'prepare', options: {} })
}

/** Adds a job and the sealed task that says what exactly it is to do. */
export async function insertJob(
  tx: Db,
  { keys, queue, now }: { keys: KeyStore; queue: Queue; now: () => Date },
  job: {
    person: string
    item: string
    operation: Parameters<Queue['add']>[0]['kind']
    options: Record<string, unknown>
    /** The text or dubbing that the work is on. */
    target?: string
  },
) {
  const task = randomUUID()
  await insertRecord(tx, keys, {
    id: task,
    person: job.person,
    item: job.item,
    kind: 'task',
    state: 'live',
    created_at: now(),
    payload: {
      operation: job.operation,
      options: job.options,
      ...(job.target === undefined ? {} : { target: job.target }),
    },
  })
  return queue.add({ id: randomUUID(), person: job.person, item: job.item, kind: job.operation, task }, tx)
}
