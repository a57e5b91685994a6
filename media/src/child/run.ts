import type { ChildProcess } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import {
  CancelledError,
  EngineCrashedError,
  EngineMissingError,
  LimitError,
  type MediaError,
  mediaError,
  throwIfCancelled,
} from '../error.ts'
import { defaultLimits, type Limits } from '../limits.ts'
import { type SealedHeader, writeHeader } from '../sealed/header.ts'
import { fds, fromLine, type Job, type Message, outOfMemory, toLine } from './message.ts'
import { killGroup, startConfined } from './start.ts'
import type { MediaEvent, MediaResults, MediaTask } from './task.ts'

/** What a task works on. Descriptors stay the caller's: they are not closed here, and no position is used. */
export interface MediaFiles {
  /** The input, plain, or sealed when there is a key (32 bytes). Absent for tasks that make something out of nothing. */
  readonly input?: { readonly fd: number; readonly key?: Uint8Array }
  /** Further inputs, for tasks that take several. */
  readonly further?: readonly { readonly fd: number; readonly key?: Uint8Array }[]
  /** The output, an empty file opened for writing; sealed when there are a key and a header. */
  readonly output?: { readonly fd: number; readonly key?: Uint8Array; readonly header?: SealedHeader }
  readonly limits?: Partial<Limits>
  /** Folder of engine weights that did not come with npm; `SOTTO_MODELS` when not given. */
  readonly models?: string | undefined
  readonly signal?: AbortSignal
  readonly onEvent?: (event: MediaEvent) => void
}

/** The folder by its real name (what the sandbox shows the child), or none where there is none yet. */
function folderOf(path: string | undefined): string | undefined {
  return path !== undefined && existsSync(path) ? realpathSync(path) : undefined
}

const main = fileURLToPath(new URL('./main.ts', import.meta.url))

/**
 * Does one task in a child process of its own and waits until that is gone. The child gets descriptors and, on a pipe,
 * the keys of these objects; it has no other secret, no network and an empty environment, and is confined as far as
 * the machine can (`sandbox`). An output is complete and durable when this resolves; otherwise it is to be thrown away.
 * @throws CancelledError when `signal` is aborted; the child is dead by then
 * @throws EngineCrashedError when the child dies of a signal; LimitError when it meets a limit
 * @throws MediaError everything the task itself can end with
 */
export async function runMedia<T extends MediaTask>(task: T, files: MediaFiles): Promise<MediaResults[T['kind']]> {
  const { signal, input, output, further = [] } = files
  const limits: Limits = { ...defaultLimits, ...files.limits }
  throwIfCancelled(signal)
  const models = folderOf(files.models ?? process.env.SOTTO_MODELS)
  const child = await startConfined({
    script: main,
    limits,
    readable: models === undefined ? [] : [models],
    env: models === undefined ? {} : { SOTTO_MODELS: models },
    stdio: [
      'ignore',
      'ignore',
      'pipe',
      'pipe',
      'pipe',
      input?.fd ?? 'ignore',
      output?.fd ?? 'ignore',
      ...further.map(({ fd }) => fd),
    ],
  })

  const killed = { by: undefined as MediaError | undefined }
  const kill = (reason: MediaError): void => {
    killed.by ??= reason
    killGroup(child)
  }
  const onAbort = (): void => kill(new CancelledError('cancelled'))
  signal?.addEventListener('abort', onAbort)
  if (signal?.aborted) onAbort()
  const wall = setTimeout(() => kill(new LimitError('wall time')), limits.wallSeconds * 1000)

  const job: Job = {
    task,
    limits,
    ...(input === undefined ? { noInput: true } : {}),
    ...(input?.key === undefined ? {} : { inputKey: Buffer.from(input.key).toString('base64') }),
    ...(further.length === 0
      ? {}
      : { further: further.map(({ key }) => (key === undefined ? null : Buffer.from(key).toString('base64'))) }),
    ...(output === undefined ? {} : { output: outputJob(output) }),
  }
  const jobPipe = child.stdio[fds.job] as Writable
  // A child that died before it read its job is reported by its exit.
  jobPipe.on('error', () => {})

  try {
    const [last, complaint, exit] = await Promise.all([
      messages(child, () => jobPipe.write(toLine(job)), files.onEvent),
      lastWords(child),
      closed(child, () => jobPipe.destroy()),
    ])
    if (last !== undefined && 'done' in last && killed.by === undefined) return last.done as MediaResults[T['kind']]
    if (killed.by !== undefined) throw killed.by
    if (last !== undefined && 'failed' in last) throw mediaError(last.failed.code, last.failed.message)
    throw death(exit, complaint)
  } finally {
    clearTimeout(wall)
    signal?.removeEventListener('abort', onAbort)
  }
}

function outputJob(output: NonNullable<MediaFiles['output']>): NonNullable<Job['output']> {
  if (output.key === undefined || output.header === undefined) return {}
  return {
    key: Buffer.from(output.key).toString('base64'),
    header: writeHeader(output.header).toString('base64'),
  }
}

/** Gives the child its job when it is up, hands events on, and returns the last word of the child, if it had one. */
async function messages(
  child: ChildProcess,
  onUp: () => void,
  onEvent: MediaFiles['onEvent'],
): Promise<Message | undefined> {
  const pipe = child.stdio[fds.messages] as Readable
  pipe.setEncoding('utf8')
  let rest = ''
  let last: Message | undefined
  try {
    for await (const text of pipe) {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const message = fromLine(line)
        if ('up' in message) onUp()
        else if ('event' in message) onEvent?.(message.event)
        else last = message
      }
    }
  } catch {
    // A broken pipe is the end of the child; its exit says why.
  }
  return last
}

/** The end of what the child complained about; it may name a reason, and is never shown to people. */
async function lastWords(child: ChildProcess): Promise<string> {
  let words = ''
  child.stderr?.setEncoding('utf8')
  for await (const text of child.stderr ?? []) words = (words + text).slice(-4096)
  return words
}

interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly error?: NodeJS.ErrnoException
}

function closed(child: ChildProcess, onExit: () => void): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => resolve({ code: null, signal: null, error }))
    child.once('exit', onExit)
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
}

/** What a death without a last word means. bwrap reports its child's signal as 128 + number. */
function death(exit: Exit, complaint: string): MediaError {
  if (exit.error !== undefined) return new EngineMissingError(`the media engine does not start (${exit.error.code})`)
  if (/Cannot find (module|package)|Could not load the node-av/.test(complaint))
    return new EngineMissingError('the media engine is not installed: run npm install')
  if (outOfMemory.test(complaint)) return new LimitError('memory')
  const byNumber: Readonly<Record<number, string>> = {
    132: 'SIGILL',
    134: 'SIGABRT',
    136: 'SIGFPE',
    137: 'SIGKILL',
    139: 'SIGSEGV',
    152: 'SIGXCPU',
    153: 'SIGXFSZ',
  }
  const signal = exit.signal ?? byNumber[exit.code ?? 0]
  if (signal === 'SIGXCPU') return new LimitError('CPU time')
  if (signal === 'SIGXFSZ') return new LimitError('output bytes')
  return new EngineCrashedError(
    signal === undefined ? `the media engine ended (${exit.code})` : `the media engine died of ${signal}`,
  )
}
