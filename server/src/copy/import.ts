/**
 * Bringing a copy back in, here or from another studio: recordings with their names, words, corrections, cuts and versions, and
 * what the person had set of profile and settings, where nothing is set here yet. What proves things elsewhere is not taken
 * in, and said (`leftOut`). An archive is somebody's file: nothing in it is believed before it fits the policy. It is read as it
 * comes: nothing of it is ever on a disk unsealed.
 */
import { randomUUID } from 'node:crypto'
import { keyObject } from '@sotto/media/sealed/key'
import { SealedAppender } from '@sotto/media/sealed/sealed-appender'
import { type Payload, type RecordKindId, recordFault } from '@sotto/policy'
import { requirePicture } from '../account/avatar.ts'
import { setKeepRecordings } from '../account/settings.ts'
import { KeepRecordings } from '../contract/shapes.ts'
import { Timeline } from '../contract/timeline.ts'
import { insertItem } from '../items/items.ts'
import { keepDue } from '../items/keep.ts'
import type { Studio } from '../studio.ts'
import { findRecords } from '../vault/record.ts'
import { mediaName, RECORDS_NAME } from './archive.ts'
import { type LeftOutWhy, leftOut } from './left-out.ts'
import { NotACopyError } from './not-a-copy.ts'
import { type IncomingEntry, readTar } from './tar-read.ts'

/** What came in, and what did not. */
export interface Imported {
  /** Recordings. */
  readonly items: number
  /** Recordings whose words came along. */
  readonly words: number
  /** Kept versions of words. */
  readonly versions: number
  /** Texts to be spoken, and translations. */
  readonly texts: number
  /** Fields of profile and settings that were set. */
  readonly profile: readonly string[]
  /** Kinds of which the archive has something that stays behind. */
  readonly left: readonly { readonly kind: string; readonly count: number; readonly why: LeftOutWhy }[]
}

/** Records of more than this are no copy of a person. */
const MOST_RECORDS_BYTES = 256 * 1024 * 1024

type Rows = readonly Readonly<Record<string, unknown>>[]

/**
 * Brings an archive into a person's library as it comes in. Each recording is whole before the next begins: of one that is
 * broken off, those that came before stay. Doing it twice brings everything in twice. @throws NotACopyError
 */
export async function importCopy(
  studio: Studio,
  person: string,
  archive: AsyncIterable<Uint8Array>,
): Promise<Imported> {
  studio.windDown.mayCollect()
  await studio.gate.ask('keep_media', person)
  let records: Readonly<Record<string, Rows>> | undefined
  const made = new Map<string, string>()
  let words = 0
  let versions = 0
  for await (const entry of readTar(archive)) {
    if (records === undefined) {
      if (entry.name !== RECORDS_NAME || entry.bytes > MOST_RECORDS_BYTES)
        throw new NotACopyError('the archive does not begin with its records')
      records = await readRecords(entry.chunks())
      continue
    }
    const media = rowsOf(records, 'media').find((row) => mediaName(String(row.id), String(row.mime)) === entry.name)
    // What was spoken of a text is spoken anew; the outline is drawn anew.
    if (!media || media.role === 'take' || media.role === 'peaks') continue
    const item = await importItem(studio, person, records, media, entry)
    made.set(String(media.item), item)
    const came = await importWords(studio, person, records, String(media.item), item)
    words += came.words
    versions += came.versions
    studio.worker.wake()
  }
  if (records === undefined) throw new NotACopyError('the archive is empty')
  await importTimelines(studio, person, records, made)
  const texts = await importTexts(studio, person, records, made)
  const profile = await importProfile(studio, person, records)
  const kept = records
  const left = (Object.entries(leftOut) as [RecordKindId, LeftOutWhy][])
    .map(([kind, why]) => ({ kind, count: rowsOf(kept, kind).length, why }))
    .filter(({ count }) => count > 0)
  return { items: made.size, words, versions, texts, profile, left }
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
  entry: IncomingEntry,
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
  try {
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
  } catch (error) {
    // Half a recording is none: its key goes, and its bytes.
    await keys.destroy(person, id)
    await objects.remove(object)
    throw error
  }
  return id
}

async function importWords(
  studio: Studio,
  person: string,
  records: Readonly<Record<string, Rows>>,
  from: string,
  item: string,
): Promise<{ words: number; versions: number }> {
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
    const { revision, segments, cuts, order } = edit
    await mine.edit.add(payloadOf('edit', { revision, segments, cuts, order }), { item })
  }
  const versions = rowsOf(records, 'version').filter((row) => row.item === from)
  for (const { name, saved_at, segments, cuts, order } of versions)
    await mine.version.add(payloadOf('version', { name, saved_at, segments, cuts, order }), { item })
  return { words: transcript ? 1 : 0, versions: versions.length }
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

/** Texts to be spoken, each under a key of its own, and translations beside the recordings they are of; answers how many. */
async function importTexts(
  studio: Studio,
  person: string,
  records: Readonly<Record<string, Rows>>,
  made: ReadonlyMap<string, string>,
): Promise<number> {
  let texts = 0
  for (const row of rowsOf(records, 'speech')) {
    const { name, mode, revision, language, voice, speed, notice, segments, from, engine, quality, original } = row
    const fields = { name, mode, revision, language, voice, speed, notice, segments, from, engine, quality, original }
    const payload = payloadOf('speech', fields)
    const item = mode === 'text' ? randomUUID() : made.get(String(row.item))
    if (item === undefined) continue
    const { db, keys, clock } = studio
    if (mode === 'text') await keys.add(person, item)
    const mine = await studio.gate.open('keep_media', person, { by: 'self', item })
    await mine.speech.add(
      payload,
      mode === 'text' ? { id: item, item, due_at: await keepDue(db, keys, person, clock()) } : { item },
    )
    texts++
  }
  return texts
}

/** What of the profile came along where this account has none yet. */
const PROFILE = ['display_name', 'avatar', 'age_band', 'locale'] as const

/** Profile and settings, where nothing is set here yet; answers the fields that were set. */
async function importProfile(
  studio: Studio,
  person: string,
  records: Readonly<Record<string, Rows>>,
): Promise<string[]> {
  const set: string[] = []
  const [row] = rowsOf(records, 'account')
  const mine = await studio.gate.open('account', person, { by: 'self' })
  const [account] = await mine.account.list()
  if (row && account) {
    const fresh = PROFILE.filter((field) => account[field] === undefined && row[field] !== undefined)
    const payload = payloadOf('account', {
      handle: account.handle,
      ...Object.fromEntries(fresh.map((field) => [field, row[field]])),
    })
    if (payload.avatar !== undefined) requirePicture(payload.avatar)
    if (fresh.length > 0) {
      const { handle: _, ...patch } = payload
      await mine.account.change(account.id, patch)
      await studio.standings.changed(person)
    }
    set.push(...fresh)
  }
  const [setting] = rowsOf(records, 'setting')
  const keep = KeepRecordings.safeParse(setting?.keep_recordings)
  if (keep.success && (await findRecords(studio.db, person, 'setting')).length === 0) {
    const { db, gate, turns } = studio
    await setKeepRecordings({ db, gate, turns }, person, keep.data)
    set.push('keep_recordings')
  }
  return set
}
