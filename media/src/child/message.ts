import type { Limits } from '../limits.ts'
import type { MediaEvent, MediaTask } from './task.ts'

/** Descriptors of the media child; further inputs have `further` and those after it. */
export const fds = { job: 3, messages: 4, input: 5, output: 6, further: 7 } as const

/** What the parent writes on the job pipe, one line, when the child is up; then it keeps the pipe open as a sign of life. */
export interface Job {
  readonly task: MediaTask
  readonly limits: Limits
  /** Object keys, base64: they travel on this pipe alone, never in arguments or environment. */
  readonly inputKey?: string
  /** There is nothing on the input's descriptor. */
  readonly noInput?: boolean
  /** One entry a further input: its key, or null where it is plain. */
  readonly further?: readonly (string | null)[]
  readonly output?: { readonly key?: string; readonly header?: string }
}

/** What the child writes on the message pipe, one line each; the first is `up`, the last one is `done` or `failed`. */
export type Message =
  | { readonly up: true }
  | { readonly event: MediaEvent }
  | { readonly done: unknown }
  | { readonly failed: { readonly code: string; readonly message: string } }

/** JSON that carries byte arrays. */
export function toLine(message: Message | Job): string {
  return `${JSON.stringify(message, bytesAsBase64)}\n`
}

/** A replacer: `value` of a Buffer is its `toJSON` already, so the holder is asked. */
function bytesAsBase64(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const held = this[key]
  if (!(held instanceof Uint8Array)) return value
  return { $bytes: Buffer.from(held.buffer, held.byteOffset, held.byteLength).toString('base64') }
}

/** The message of a line. */
export function fromLine(line: string): Message {
  return JSON.parse(line, revived) as Message
}

/** The job of a line. */
export function jobOf(line: string): Job {
  return JSON.parse(line, revived) as Job
}

function revived(_key: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && '$bytes' in value && typeof value.$bytes === 'string'
    ? new Uint8Array(Buffer.from(value.$bytes, 'base64'))
    : value
}

/** What V8, the C++ runtime, ONNX Runtime and the kernel say when the memory a child may have is used up. */
export const outOfMemory =
  /heap out of memory|Cannot allocate memory|bad_alloc|Failed to allocate memory|Array buffer allocation failed/
