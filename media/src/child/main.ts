/**
 * The media child: does one task on one file and dies. It has no database, no secret but the keys of its own
 * objects, no network use, and an empty environment. See run.ts for the parent's side.
 */
import { writeSync } from 'node:fs'
import { Socket } from 'node:net'
import { type ByteSink, descriptorSink } from '../container/sink.ts'
import { type ByteSource, fileSource } from '../container/source.ts'
import { LimitError, MediaError } from '../error.ts'
import { readHeader } from '../sealed/header.ts'
import { keyObject } from '../sealed/key.ts'
import { sealedSink } from '../sealed/sealed-sink.ts'
import { sealedSource } from '../sealed/sealed-source.ts'
import { fds, type Job, jobOf, type Message, outOfMemory, toLine } from './message.ts'
import { perform } from './perform.ts'

/** Not `exit`: tearing down libav's JavaScript wrappers has hung and crashed, and nothing here needs it. */
function end(): never {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('unreachable')
}

function send(message: Message): void {
  const bytes = Buffer.from(toLine(message))
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(fds.messages, bytes, done)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') end()
    }
  }
}

function fail(thrown: unknown): never {
  const error = thrown instanceof Error && outOfMemory.test(thrown.message) ? new LimitError('memory') : thrown
  send({
    failed:
      error instanceof MediaError || hasCode(error)
        ? { code: error.code, message: error.message }
        : { code: 'engine-crashed', message: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' },
  })
  end()
}

function hasCode(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[a-z-]+$/.test(error.code)
}

function takeKey(base64: string) {
  const bytes = Buffer.from(base64, 'base64')
  const key = keyObject(bytes)
  bytes.fill(0)
  return key
}

async function run(job: Job): Promise<void> {
  const open = (fd: number, key: string | null | undefined): ByteSource =>
    typeof key === 'string' ? sealedSource(fd, takeKey(key)) : fileSource(fd)
  const source = job.noInput ? undefined : open(fds.input, job.inputKey)
  const further = (job.further ?? []).map((key, index) => open(fds.further + index, key))
  let sink: ByteSink | undefined
  if (job.output !== undefined) {
    const { key, header } = job.output
    sink =
      key === undefined || header === undefined
        ? descriptorSink(fds.output)
        : sealedSink(fds.output, readHeader(Buffer.from(header, 'base64')), takeKey(key))
  }
  send({ done: await perform(job.task, source, sink, { limits: job.limits, further, on: (event) => send({ event }) }) })
}

process.on('uncaughtException', fail)
process.on('unhandledRejection', fail)
let received = ''
let started = false
// The socket is the sign of life of the parent: when it closes, this process has no one to work for.
const parent = new Socket({ fd: fds.job, readable: true, writable: false })
parent.setEncoding('utf8')
parent.on('data', (text: string) => {
  received += text
  if (started || !received.endsWith('\n')) return
  started = true
  const job = jobOf(received)
  received = ''
  run(job).then(end, fail)
})
parent.on('error', end)
parent.on('close', end)
send({ up: true })
