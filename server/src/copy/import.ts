/**
 * Bringing a copy back in, here or from another studio: recordings with their names, words, corrections and cuts, and what
 * the person had set of their profile. What proves things elsewhere (sessions, consents, openings) is not taken in: here it
 * would prove nothing. An archive is somebody's file: nothing in it is believed before it fits the policy.
 */
import { randomUUID } from 'node:crypto'
import { tarEntries } from '@sotto/media/models/tar'
import { keyObject } from '@sotto/media/sealed/key'
import { SealedAppender } from '@sotto/media/sealed/sealed-appender'
import { type Payload, type RecordKindId, recordFault } from '@sotto/policy'
import { Timeline } from '../contract/timeline.ts'
import { insertItem } from '../items/items.ts'
import { keepDue } from '../items/keep.ts'
import type { Studio } from '../studio.ts'
import { mediaName, RECORDS_NAME } from './archive.ts'

/** The file is no copy of a studio, or not a whole one. */
export class NotACopyError extends Error {
  override name = 'NotACopyError'
  readonly code = 'bad_request'
}

/** What came in. */
export interface Imported {
  readonly items: number
  readonly words: number
}

/** Records of more than this are no copy of a person. */
const MOST_RECORDS_BYTES = 256 * 1024 * 1024

type Rows = readonly Readonly<Record<string, unknown>>[]

/** Brings the archive at `path` into a person's library. Doing it twice brings everything in twice. @throws NotACopyError */
export async function importCopy(studio: Studio, person: string, path: string): Promise<Imported> {
  await studio.gate.ask('keep_media', person)
  let records: Readonly<Record<string, Rows>> | undefined
  const made = new Map<string, string>()
  let words = 0
  for await (const entry of tarEntries(path)) {
    if (records === undefined) {
      if (entry.name !== RECORDS_NAME || entry.bytes > MOST_RECORDS_BYTES)
        throw new NotACopyError('the archive does not begin with its records')
      records = await readRecords(entry.chunks())
      continue
    }
    const media = rowsOf(records, 'media').find((row) => mediaName(String(row.id), String(row.mime)) === entry.name)
    if (!media) continue
    const item = await importItem(studio, person, records, media, entry)
    made.set(String(media.item), item)
    words += await importWords(studio, person, records, String(media.item), item)
  }
  if (records === undefined) throw new NotACopyError('the archive is empty')
  await importTimelines(studio, person, records, made)
  await importProfile(studio, person, records)
  studio.worker.wake()
  return { items: made.size, words }
}

async function readRecords(chunks: AsyncIterable<Uint8Array>): Promise<Readonly<Record<string, Rows>>> {
  const pieces: Uint8Array[] = []
  for await (const piece of chunks) pieces.push(piece)
  try {
    const { records } = JSON.parse(Buffer.concat(pieces).toString()) as { records?: Record<string, Rows> }
    if (typeof records !== 'object' || records === null) throw new TypeError('no records')
    return records
  } catch {
    throw new NotACopyError('the records of the archive cannot be read')
  }
}

function rowsOf(records: Readonly<Record<string, Rows>>, kind: RecordKindId): Rows {
  const rows = records[kind]
  return Array.isArray(rows) ? rows.filter((row) => typeof row === 'object' && row !== null) : []
}

/** The fields of a row that a kind has, checked as everything is that is written. @throws NotACopyError */
function payloadOf<K extends RecordKindId>(kind: K, fields: Readonly<Record<string, unknown>>): Payload<K> {
  const present = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  const fault = recordFault(kind, present)
  if (fault) throw new NotACopyError(`a ${kind} of the archive is none: ${fault}`)
  return present as Payload<K>
}

async function importItem(
  studio: Studio,
  person: string,
  records: Readonly<Record<string, Rows>>,
  media: Readonly<Record<string, unknown>>,
  entry: { readonly bytes: number; chunks(): AsyncGenerator<Uint8Array> },
): Promise<string> {
  const { db, keys, objects, queue, clock } = studio
  const row = rowsOf(records, 'item').find(({ id }) => id === media.item)
  if (!row) throw new NotACopyError('a recording of the archive has no record')
  if (entry.bytes > studio.config.uploadLimit) throw new NotACopyError('a recording is larger than this studio accepts')
  // A call stays one, with what the other side agreed to (C53); anything else is from now on something brought in.
  const isCall = rowsOf(records, 'agreement').some((one) => one.item === media.item)
  const origin = isCall ? 'call' : 'imported'
  const payload = payloadOf('item', { name: row.name, media: row.media, origin, tags: row.tags })
  const [id, object] = [randomUUID(), randomUUID()]
  const key = await keys.add(person, id)
  {
    await using written = await objects.begin(object, key)
    const appender = SealedAppender.create(written.handle.fd, written.header, keyObject(written.key))
    for await (const piece of entry.chunks()) appender.append(piece)
    appender.finish()
  }
  const due_at = await keepDue(db, keys, person, clock())
  await db
    .transaction()
    .execute((tx) =>
      insertItem(
        tx,
        { keys, queue, now: clock },
        { id, person, object, size: entry.bytes, mime: String(media.mime).slice(0, 100), due_at, payload },
      ),
    )
  return id
}

async function importWords(
  studio: Studio,
  person: string,
  records: Readonly<Record<string, Rows>>,
  from: string,
  item: string,
): Promise<number> {
  const mine = await studio.gate.open('keep_media', person, { by: 'self', item })
  const [transcript] = rowsOf(records, 'transcript').filter((row) => row.item === from)
  const [edit] = rowsOf(records, 'edit').filter((row) => row.item === from)
  if (transcript) {
    const { language, model, duration, segments, complete } = transcript
    await mine.transcript.add(payloadOf('transcript', { language, model, duration, segments, complete }), { item })
  }
  const [agreement] = rowsOf(records, 'agreement').filter((row) => row.item === from)
  if (agreement) await mine.agreement.add(payloadOf('agreement', { agreed: agreement.agreed }), { item })
  if (edit) {
    const { revision, segments, cuts } = edit
    await mine.edit.add(payloadOf('edit', { revision, segments, cuts }), { item })
  }
  return transcript ? 1 : 0
}

/** Timelines name recordings; here these have other names. One that did not come along keeps its old name: it is gone. */
async function importTimelines(
  studio: Studio,
  person: string,
  records: Readonly<Record<string, Rows>>,
  made: ReadonlyMap<string, string>,
): Promise<void> {
  for (const row of rowsOf(records, 'timeline')) {
    const item = made.get(String(row.item))
    if (item === undefined) continue
    const { revision, tracks, loudness } = row
    const items = Array.isArray(row.items)
      ? row.items.map((id: unknown) => made.get(String(id)) ?? String(id))
      : row.items
    const mine = await studio.gate.open('keep_media', person, { by: 'self', item })
    const payload = { revision, items, tracks, ...(loudness === undefined ? {} : { loudness }) }
    if (!Timeline.safeParse({ ...payload, loudness: loudness ?? null }).success)
      throw new NotACopyError('a timeline of the archive is none')
    await mine.timeline.add(payloadOf('timeline', payload), { item })
  }
}

/** Name, picture and age of the profile, where this account has none yet. */
async function importProfile(studio: Studio, person: string, records: Readonly<Record<string, Rows>>): Promise<void> {
  const [row] = rowsOf(records, 'account')
  if (!row) return
  const mine = await studio.gate.open('account', person, { by: 'self' })
  const [account] = await mine.account.list()
  if (!account) return
  const { display_name, avatar } = payloadOf('account', {
    handle: account.handle,
    display_name: row.display_name,
    avatar: row.avatar,
  })
  await mine.account.change(account.id, {
    ...(account.display_name === undefined && display_name !== undefined ? { display_name } : {}),
    ...(account.avatar === undefined && avatar !== undefined ? { avatar } : {}),
  })
}
