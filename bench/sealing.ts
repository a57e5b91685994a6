/** Sealed upload and read against a plain file copy with the same durability (aim: 0.9x its speed). */
import { createSecretKey, randomBytes, randomUUID } from 'node:crypto'
import {
  closeSync,
  createReadStream,
  fdatasyncSync,
  openSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newHeader } from '@sotto/media/sealed/header'
import { keyObject, newObjectKey, wrapKey } from '@sotto/media/sealed/key'
import { SealedAppender } from '@sotto/media/sealed/sealed-appender'
import { sealedSource } from '@sotto/media/sealed/sealed-source'
import { ratioRow, type Section, sideBySide } from './measure.ts'

const BYTES = 128 * 1024 * 1024
const PART = 64 * 1024

export async function sealing(): Promise<Section> {
  const directory = await mkdtemp(join(tmpdir(), 'sotto-bench-'))
  const original = join(directory, 'original')
  writeFileSync(original, randomBytes(BYTES))
  const id = Buffer.from(randomUUID().replaceAll('-', ''), 'hex')
  const key = newObjectKey()
  const header = newHeader(id, wrapKey(createSecretKey(randomBytes(32)), key, id))
  const part = Buffer.alloc(PART)

  /** Bytes come as a request brings them: a stream. */
  const through = async (write: (bytes: Buffer) => void) => {
    for await (const bytes of createReadStream(original, { highWaterMark: PART })) write(bytes as Buffer)
  }
  const writing = await sideBySide(5, {
    plain: async () => {
      const to = openSync(join(directory, 'plain'), 'w')
      await through((bytes) => writeSync(to, bytes))
      fdatasyncSync(to)
      closeSync(to)
    },
    sealed: async () => {
      const to = openSync(join(directory, 'sealed'), 'w+')
      const appender = SealedAppender.create(to, header, keyObject(key))
      await through((bytes) => appender.append(bytes))
      appender.finish()
      closeSync(to)
    },
  })
  const reading = await sideBySide(7, {
    plain: () => {
      const from = openSync(join(directory, 'plain'), 'r')
      while (readSync(from, part) > 0);
      closeSync(from)
    },
    sealed: () => {
      const from = openSync(join(directory, 'sealed'), 'r')
      const source = sealedSource(from, keyObject(key))
      for (const _ of source.pieces(0, BYTES));
      closeSync(from)
    },
    copied: () => {
      const from = openSync(join(directory, 'plain'), 'r')
      const to = openSync(join(directory, 'copy'), 'w')
      for (let n = readSync(from, part); n > 0; n = readSync(from, part)) writeSync(to, part, 0, n)
      closeSync(to)
      closeSync(from)
    },
  })
  rmSync(directory, { recursive: true })
  const speed = (ms: number) => `${((BYTES / 1e6 / ms) * 1000).toFixed(0)} MB/s`
  return {
    title: 'Sealed upload and read against plain file copy (128 MiB)',
    rows: [
      ratioRow(
        `sealed upload (${speed(writing.sealed)}) against plain (${speed(writing.plain)}), both synced`,
        writing.plain / writing.sealed,
        0.9,
      ),
      ratioRow(
        `sealed read (${speed(reading.sealed)}) against copying the file (${speed(reading.copied)})`,
        reading.copied / reading.sealed,
        0.9,
      ),
      { what: `plain read alone, from the page cache`, value: speed(reading.plain) },
    ],
  }
}
