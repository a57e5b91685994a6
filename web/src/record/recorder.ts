/** One recording from the microphone: level, pause, and every second of it kept on the device as it comes. */
import { NoCallSoundError } from '../call/call-source.ts'
import { ChunkStore } from './chunk-store.ts'
import { type KeptFacts, lockName } from './kept.ts'
import { recordingNow } from './recording-now.ts'

/** What a recorder tells. `problem` is one of the names below; the recording has then stopped, what was kept stays. */
export interface RecorderEvents {
  onState(state: 'starting' | 'recording' | 'paused' | 'stopped'): void
  onTime(elapsed: number, kept: number): void
  onProblem(problem: RecorderProblem): void
}
/** Why a recording cannot begin or had to stop. */
export type RecorderProblem = 'denied' | 'noDevice' | 'busy' | 'unsupported' | 'noRoom' | 'lost' | 'noCallSound'

/** A crash may lose what the recorder has not handed over yet: at most this (issue 2: "at most the last second"). */
const TIMESLICE = 500

/** The first container and codec this browser can record. WebM parts can be joined after an interruption, MP4 cannot. */
export function recordableMime(): string | null {
  if (typeof MediaRecorder === 'undefined') return null
  const wanted = ['audio/webm;codecs=opus', 'audio/mp4;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus']
  return wanted.find((mime) => MediaRecorder.isTypeSupported(mime)) ?? null
}

function problemOf(error: unknown): RecorderProblem {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'noDevice'
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy'
  if (name === 'QuotaExceededError') return 'noRoom'
  if (error instanceof NoCallSoundError) return 'noCallSound'
  return 'unsupported'
}

/** What the person wants cleaned is cleaned by the studio, from the untouched sound. */
function microphone(): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  })
}

/** Begin with {@link start}; dispose in every case. */
export class Recorder implements Disposable {
  readonly id: string
  readonly #events: RecorderEvents
  readonly #store = new ChunkStore()
  #stream: MediaStream | null = null
  #media: MediaRecorder | null = null
  #context: AudioContext | null = null
  #analyser: AnalyserNode | null = null
  #samples = new Float32Array(0)
  #unlock: () => void = () => undefined
  #before = 0
  #since: number | null = null
  #kept = 0
  #timer = 0
  #writing: Promise<unknown> = Promise.resolve()

  constructor(id: string, events: RecorderEvents) {
    this.id = id
    this.#events = events
  }

  /** Asks for the microphone, or whatever else is to be heard, and records. */
  async start(facts: Omit<KeptFacts, 'mime' | 'origin'>, open = microphone): Promise<void> {
    this.#events.onState('starting')
    const mime = recordableMime()
    if (!mime) return this.#events.onProblem('unsupported')
    try {
      this.#stream = await open()
      await this.#lock()
      this.#before = await this.#store.open(this.id, { ...facts, mime, origin: 'recorded' })
      this.#kept = this.#before
      this.#record(this.#stream, mime)
    } catch (error) {
      this.#release()
      this.#events.onProblem(problemOf(error))
    }
  }

  /** Seconds recorded so far. */
  get elapsed(): number {
    return this.#before + (this.#since === null ? 0 : (performance.now() - this.#since) / 1000)
  }

  /** Peak of the last moment, 0 to 1. */
  level(): number {
    if (!this.#analyser || this.#media?.state !== 'recording') return 0
    if (this.#samples.length !== this.#analyser.fftSize) this.#samples = new Float32Array(this.#analyser.fftSize)
    this.#analyser.getFloatTimeDomainData(this.#samples)
    return this.#samples.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0)
  }

  pause(): void {
    if (this.#media?.state !== 'recording') return
    this.#before = this.elapsed
    this.#since = null
    this.#media.pause()
    this.#media.requestData()
    this.#events.onState('paused')
  }

  resume(): void {
    if (this.#media?.state !== 'paused') return
    this.#media.resume()
    this.#since = performance.now()
    this.#events.onState('recording')
  }

  /** Stops; resolves when all of it is kept. */
  async stop(): Promise<void> {
    await this.#halt()
    await this.#store.end()
    this.#release()
    this.#events.onState('stopped')
  }

  /** Stops without marking it finished: to discard it, or because it was cut off. */
  async abandon(): Promise<void> {
    await this.#halt()
    await this.#store.close().catch(() => undefined)
    this.#release()
  }

  [Symbol.dispose](): void {
    this.#release()
    this.#store[Symbol.dispose]()
  }

  #record(stream: MediaStream, mime: string): void {
    const media = new MediaRecorder(stream, { mimeType: mime, audioBitsPerSecond: 96_000 })
    this.#media = media
    media.addEventListener('dataavailable', (event) => {
      if (event.data.size === 0) return
      const elapsed = this.elapsed
      this.#writing = this.#writing
        .then(() => event.data.arrayBuffer())
        .then((bytes) => this.#store.append(elapsed, bytes))
        .then((kept) => {
          this.#kept = kept
        })
        .catch((error: unknown) => this.#cutOff(problemOf(error)))
    })
    stream.getAudioTracks()[0]?.addEventListener('ended', () => this.#cutOff('lost'))
    this.#context = new AudioContext()
    this.#analyser = new AnalyserNode(this.#context, { fftSize: 2048 })
    this.#context.createMediaStreamSource(stream).connect(this.#analyser)
    media.start(TIMESLICE)
    this.#since = performance.now()
    this.#timer = window.setInterval(() => {
      recordingNow.set(this.elapsed)
      this.#events.onTime(this.elapsed, this.#kept)
    }, 200)
    this.#events.onState('recording')
  }

  #cutOff(problem: RecorderProblem): void {
    if (!this.#media) return
    this.abandon().then(() => this.#events.onProblem(problem))
  }

  async #halt(): Promise<void> {
    const media = this.#media
    this.#media = null
    this.#before = this.elapsed
    this.#since = null
    if (media && media.state !== 'inactive') {
      const ended = new Promise((resolve) => media.addEventListener('stop', resolve, { once: true }))
      media.stop()
      await ended
    }
    await this.#writing
  }

  #release(): void {
    window.clearInterval(this.#timer)
    recordingNow.set(null)
    for (const track of this.#stream?.getTracks() ?? []) track.stop()
    this.#stream = null
    this.#context?.close()
    this.#context = null
    this.#analyser = null
    this.#unlock()
    this.#unlock = () => undefined
  }

  // other pages must not offer to save what is being recorded here; the lock dies with this page
  #lock(): Promise<void> {
    return new Promise((taken, failed) => {
      navigator.locks
        .request(lockName(this.id), { ifAvailable: true }, (lock) => {
          if (!lock) throw new DOMException('recorded elsewhere', 'NotReadableError')
          taken()
          return new Promise<void>((release) => {
            this.#unlock = release
          })
        })
        .catch(failed)
    })
  }
}
