import type { ChildProcess } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { fds } from '../../child/message.ts'
import { killGroup, startConfined } from '../../child/start.ts'
import { EngineCrashedError, mediaError } from '../../error.ts'
import { defaultLimits } from '../../limits.ts'
import type { FaceClipTask } from '../../operation/face-clip.ts'
import type { PicturePoints } from '../../operation/face-points.ts'

/** What the parent writes to the child, one line each; the picture when the child is up. */
export type FaceJobOrder =
  | {
      readonly picture: string
      readonly pixels: number
      readonly afterMs: number
      readonly hardMs: number
      /** Put the face into a clip of the studio; without, its points are wanted. */
      readonly clip?: FaceClipOrder
    }
  | { readonly give: true }

/** What is to be put into which clip of the studio. */
export type FaceClipOrder = FaceClipTask & { readonly template: string }

/** How far a job is: seconds of the clip. */
export interface FaceProgress {
  readonly done: number
  readonly total: number
}

/** What the child writes, one line each. */
export type FaceJobMessage =
  | { readonly up: true }
  | { readonly held: true }
  | { readonly ready: { readonly faces: number } }
  | { readonly progress: FaceProgress }
  | { readonly points: PicturePoints }
  | { readonly film: string }
  | { readonly failed: { readonly code: string; readonly message: string } }

/** How long a face job may hold anything. */
export interface FaceJobTimes {
  /** Milliseconds after the points are found: without anybody taking them they are gone then (C270). */
  readonly afterMs: number
  /** Milliseconds in all, whatever happens (C264). */
  readonly hardMs: number
}

/** 60 seconds after the points are found, ten minutes in all. */
export const faceJobTimes: FaceJobTimes = { afterMs: 60_000, hardMs: 600_000 }

const main = fileURLToPath(new URL('./job-child.ts', import.meta.url))
/** A picture of a face is small work: what takes more is no picture. */
const limits = { ...defaultLimits, cpuSeconds: 60, wallSeconds: 600, outputBytes: 1, pixels: 64_000_000 }
/** Half a minute of film is half a thousand pictures. */
const clipLimits = { ...limits, cpuSeconds: 540 }

/**
 * A picture on its way to its points, or into a clip: one child process that holds both, sealed under keys in its own
 * memory, and gives what was made away once. When it is dead they are gone: nothing was on a disk.
 */
export class FaceJob implements Disposable {
  /** Resolves with the number of faces. @throws NoFaceError and what reading a picture can end with */
  readonly ready: Promise<number>
  /** Resolves when the child is gone, and everything it held. */
  readonly gone: Promise<void>
  readonly #child: ChildProcess
  #given = false
  readonly #points: Promise<PicturePoints>
  readonly #film: Promise<Buffer>
  /** How far a clip is. */
  progress: FaceProgress | null = null

  private constructor(child: ChildProcess, order: string) {
    this.#child = child
    this.gone = new Promise((resolve) => {
      child.once('error', () => resolve())
      child.once('close', () => resolve())
    })
    const orders = child.stdio[fds.job] as Writable
    orders.on('error', () => undefined)
    child.once('exit', () => orders.destroy())
    const ready = Promise.withResolvers<number>()
    const points = Promise.withResolvers<PicturePoints>()
    const film = Promise.withResolvers<Buffer>()
    // Whoever asks gets the reason; that nobody asks is no failure of this process.
    ready.promise.catch(() => undefined)
    points.promise.catch(() => undefined)
    film.promise.catch(() => undefined)
    this.ready = ready.promise
    this.#points = points.promise
    this.#film = film.promise
    const pipe = child.stdio[fds.messages] as Readable
    pipe.setEncoding('utf8')
    let rest = ''
    pipe.on('data', (text: string) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const message = JSON.parse(line) as FaceJobMessage
        if ('up' in message) orders.write(order)
        else if ('ready' in message) ready.resolve(message.ready.faces)
        else if ('progress' in message) this.progress = message.progress
        else if ('points' in message) points.resolve(message.points)
        else if ('film' in message) film.resolve(Buffer.from(message.film, 'base64'))
        else if ('failed' in message) {
          const error = mediaError(message.failed.code, message.failed.message)
          ready.reject(error)
          points.reject(error)
          film.reject(error)
        }
      }
    })
    pipe.on('error', () => undefined)
    this.gone.then(() => {
      const error = new EngineCrashedError('the face job is gone')
      ready.reject(error)
      points.reject(error)
      film.reject(error)
    })
  }

  /** Starts a job. The picture is handed over and wiped here. */
  static async start(picture: Buffer, times: FaceJobTimes = faceJobTimes, clip?: FaceClipOrder): Promise<FaceJob> {
    const child = await startConfined({
      script: main,
      limits: clip === undefined ? limits : clipLimits,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    })
    const order: FaceJobOrder = {
      picture: picture.toString('base64'),
      pixels: limits.pixels,
      ...times,
      ...(clip === undefined ? {} : { clip }),
    }
    picture.fill(0)
    const job = new FaceJob(child, `${JSON.stringify(order)}\n`)
    const timer = setTimeout(() => job[Symbol.dispose](), times.hardMs).unref()
    job.gone.then(() => clearTimeout(timer))
    return job
  }

  /** The points, once; the child dies of giving them. @throws EngineCrashedError when they were taken, or are gone */
  take(): Promise<PicturePoints> {
    return this.#give(this.#points)
  }

  /** The film, once; the child dies of giving it. @throws EngineCrashedError when it was taken, or is gone */
  takeFilm(): Promise<Buffer> {
    return this.#give(this.#film)
  }

  #give<T>(what: Promise<T>): Promise<T> {
    if (this.#given) return Promise.reject(new EngineCrashedError('what was made was taken'))
    this.#given = true
    ;(this.#child.stdio[fds.job] as Writable).write(`${JSON.stringify({ give: true } satisfies FaceJobOrder)}\n`)
    return what
  }

  /** Process id of the outermost child, for tests that kill it. */
  get pid(): number | undefined {
    return this.#child.pid
  }

  [Symbol.dispose](): void {
    ;(this.#child.stdio[fds.job] as Writable).destroy()
    killGroup(this.#child)
  }
}
