/** The bundled noisy recording, as an item of one's own: what a visitor tries everything on. */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { keyObject } from '@sotto/media/sealed/key'
import { SealedAppender } from '@sotto/media/sealed/sealed-appender'
import { Problem, type ProblemLocale } from '../problem.ts'
import type { Studio } from '../studio.ts'
import { insertItem } from './items.ts'
import { keepDue } from './keep.ts'

const SAMPLE = fileURLToPath(import.meta.resolve('@sotto/media/fixtures/sample-noisy.opus'))

/** What it is called in a library, in the language of whoever asked for it. */
const NAMES: Readonly<Record<ProblemLocale, string>> = { en: 'A noisy recording', 'zh-CN': '一段嘈杂的录音' }

/** Puts the sample into a person's library. @throws Problem `sample_missing` */
export async function addSample(studio: Studio, person: string, locale: ProblemLocale): Promise<string> {
  const { db, keys, objects, gate, clock, queue, worker } = studio
  await gate.ask('keep_media', person)
  const bytes = await readFile(SAMPLE).catch(() => {
    throw new Problem('sample_missing')
  })
  const id = randomUUID()
  const object = randomUUID()
  const key = await keys.add(person, id)
  {
    await using made = await objects.begin(object, key)
    const appender = SealedAppender.create(made.handle.fd, made.header, keyObject(made.key))
    appender.append(bytes)
    appender.finish()
  }
  const due_at = await keepDue(db, keys, person, clock())
  await db.transaction().execute((tx) =>
    insertItem(
      tx,
      { keys, queue, now: clock },
      {
        id,
        person,
        object,
        size: bytes.length,
        mime: 'audio/ogg',
        due_at,
        payload: { name: NAMES[locale], media: 'sound', origin: 'sample' },
      },
    ),
  )
  worker.wake()
  return id
}
