/** For tests: a studio on directories of its own, with a clock that the test turns. */
import { randomBytes, randomUUID } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keyObject } from '@sotto/media/sealed/key'
import { SealedAppender } from '@sotto/media/sealed/sealed-appender'
import { inject } from 'vitest'
import { type Config, readConfig } from '../src/config.ts'
import type { NoticeSeen } from '../src/gate/consents.ts'
import { insertItem } from '../src/items/items.ts'
import { type OpenOptions, openStudio, type Studio } from '../src/studio.ts'
import { freshDatabase, type Sort } from './databases.ts'

export const notice: NoticeSeen = { version: 'test', hash: 'test', locale: 'en' }

/** A place where studios can be opened one after another, as after a restart. */
export interface Place extends AsyncDisposable {
  readonly root: string
  readonly config: Config
  /** The settings as they stand in an environment. */
  readonly environment: Readonly<Record<string, string>>
  /** Turns the clock on; nobody but the test moves it. */
  readonly time: { now: Date }
  open(options?: OpenOptions): Promise<Studio>
}

/** Makes a place; what was opened on it must be closed before it is disposed. */
export async function place(sort: Sort = 'embedded', environment: Record<string, string> = {}): Promise<Place> {
  const root = await mkdtemp(join(tmpdir(), 'sotto-place-'))
  const database = await freshDatabase(sort)
  if (sort === 'embedded') await cp(inject('embedded'), join(root, 'data', 'database'), { recursive: true })
  const settings = {
    SOTTO_DATA: join(root, 'data'),
    SOTTO_KEYS: join(root, 'keys'),
    SOTTO_HOST_KEY: randomBytes(32).toString('base64'),
    SOTTO_PORT: '0',
    SOTTO_LOG_LEVEL: 'silent',
    ...(database.url ? { DATABASE_URL: database.url } : {}),
    ...environment,
  }
  const config = readConfig(settings)
  const time = { now: new Date('2026-11-23T12:00:00Z') }
  return {
    root,
    config,
    environment: settings,
    time,
    open: (options = {}) => openStudio(config, { clock: () => new Date(time.now), ...options }),
    async [Symbol.asyncDispose]() {
      await database.drop()
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** Puts an item with a small object into a person's library, without any media in it. */
export async function addObject(
  studio: Studio,
  person: string,
  content: string | Buffer,
  due: Date | null = null,
): Promise<{ item: string; object: string }> {
  const [item, object] = [randomUUID(), randomUUID()]
  const bytes = Buffer.from(content)
  const name = typeof content === 'string' ? content : 'sound.wav'
  const key = await studio.keys.add(person, item)
  {
    await using made = await studio.objects.begin(object, key)
    const appender = SealedAppender.create(made.handle.fd, made.header, keyObject(made.key))
    appender.append(bytes)
    appender.finish()
  }
  const { db, keys, queue, clock } = studio
  await db.transaction().execute((tx) =>
    insertItem(
      tx,
      { keys, queue, now: clock },
      {
        id: item,
        person,
        object,
        size: bytes.length,
        mime: 'text/plain',
        due_at: due,
        payload: { name, media: 'sound', origin: 'imported' },
      },
    ),
  )
  return { item, object }
}

/** Puts an item with so many seconds of noise into a person's library, as an upload would; with 0 seconds what is no sound. */
export async function addSound(studio: Studio, person: string, seconds: number): Promise<string> {
  const { item } = await addObject(studio, person, seconds > 0 ? noise(seconds) : Buffer.from('no sound at all'))
  studio.worker.wake()
  return item
}

/** A wav of white noise, 8 kHz, one channel, 16 bits; the same for every run. */
export function noise(seconds: number): Buffer {
  const rate = 8000
  const bytes = Buffer.alloc(44 + seconds * rate * 2)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(bytes.length - 8, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(rate, 24)
  bytes.writeUInt32LE(rate * 2, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(bytes.length - 44, 40)
  let state = 1
  for (let at = 44; at < bytes.length; at += 2) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    bytes.writeInt16LE((state >> 18) - 4096, at)
  }
  return bytes
}
