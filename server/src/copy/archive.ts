/**
 * Taking everything away (GDPR 20, PIPL 45): one tar with every record as JSON, a summary to read, and each recording as it
 * is. It is made while it is sent: nothing of it is ever on a disk.
 */
import type { Locale } from '@sotto/policy'
import { extensionOf } from '../items/mime.ts'
import type { Studio } from '../studio.ts'
import { type CopiedRow, copiedRecords } from './records.ts'
import { summaryPdf } from './summary.ts'
import { TAR_END, tarHeader, tarPadding } from './tar.ts'

/** The name of the records in the archive; it comes first. */
export const RECORDS_NAME = 'records.json'

/** The name of a recording in the archive. */
export function mediaName(id: string, mime: string): string {
  return `media/${id}.${extensionOf(mime)}`
}

/** The archive of a person, in pieces. */
export async function* archiveOf(
  studio: Pick<Studio, 'gate' | 'ledger' | 'clock' | 'keys' | 'objects'>,
  person: string,
  options: { locale: Locale; onBehalf?: boolean },
): AsyncGenerator<Buffer> {
  const at = studio.clock()
  const copied = await copiedRecords(studio, person, options.onBehalf ? { onBehalf: true } : {})
  const file = function* (name: string, bytes: Buffer) {
    yield tarHeader(name, bytes.length, at)
    yield bytes
    yield tarPadding(bytes.length)
  }
  yield* file(RECORDS_NAME, Buffer.from(JSON.stringify(copied, null, 2)))
  yield* file('summary.pdf', await summaryPdf(copied, options.locale))
  for (const row of copied.records.media ?? []) {
    const { id, item, size, mime, role, object } = row as CopiedRow &
      Record<'id' | 'item' | 'mime' | 'role' | 'object', string>
    // The outline is drawn again from the sound; everything else is the person's.
    if (role === 'peaks') continue
    yield tarHeader(mediaName(id, mime), Number(size), at)
    const opened = await studio.objects.open(object, await studio.keys.key(person, item))
    try {
      for (const piece of opened.source().pieces(0, Number(size))) yield Buffer.from(piece)
    } finally {
      await opened[Symbol.asyncDispose]()
    }
    yield tarPadding(Number(size))
  }
  yield TAR_END
}
