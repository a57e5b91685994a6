/**
 * Does the media child's work on many files in one process, one after the other, so that a suite of hundreds of hostile
 * files does not pay for hundreds of process starts. It runs under the same confinement; if it dies, the suite notes
 * the file and starts another one.
 *
 * In: paths, one per line. Out: one line of JSON per file.
 */
import { closeSync, openSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileSource, MediaError, MemorySink } from '@sotto/media'
import { perform } from '@sotto/media/child/perform'
import { defaultLimits } from '@sotto/media/limits'

const limits = {
  ...defaultLimits,
  decodedSeconds: 120,
  streams: 16,
  pixels: 4096 * 4096,
  outputBytes: 20e6,
}
const on = (): void => {}

for await (const path of createInterface({ input: process.stdin })) {
  const outcomes: string[] = []
  for (const task of [
    { kind: 'info' },
    { kind: 'peaks' },
    { kind: 'clip', from: 0.1, to: 0.6, reencode: true },
  ] as const) {
    const fd = openSync(path, 'r')
    try {
      using source = fileSource(fd)
      using sink = new MemorySink()
      await perform(task, source, sink, { limits, on })
      outcomes.push('done')
    } catch (error) {
      outcomes.push(
        error instanceof MediaError ? error.code : `unnamed: ${error instanceof Error ? error.stack : error}`,
      )
    } finally {
      closeSync(fd)
    }
  }
  writeSync(1, `${JSON.stringify({ path, outcomes, rss: process.memoryUsage.rss() })}\n`)
}
process.kill(process.pid, 'SIGKILL')
