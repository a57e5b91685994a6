/**
 * Playing a timeline: stretches rendered by the server, decoded here, one put exactly after the other. The first is short,
 * so that it begins soon; each is asked for while the one before is heard.
 */
import { api } from '../api/api.ts'

/** Seconds of the stretches: each longer than the one before. */
const LENGTHS = [4, 8, 16, 30] as const
/** The next stretch is asked for when less than this is left to hear, seconds. */
const AHEAD = 20
/** Between being asked and being heard, seconds: what is put at once begins late by a varying amount. */
const LEAD = 0.05

/** How it stands. */
export type Playing = 'stopped' | 'waiting' | 'playing'

/** What is to be played. */
export interface PlayRequest {
  readonly id: string
  readonly revision: number
  readonly from: number
  readonly end: number
  readonly solo?: readonly number[]
}

/** Samples per second of a FLAC file: 20 bits of its STREAMINFO (RFC 9639 8.2). */
export function rateOfFlac(bytes: ArrayBuffer): number {
  const view = new DataView(bytes)
  if (view.byteLength < 22 || view.getUint32(0) !== 0x664c6143) throw new TypeError('not a FLAC file')
  return view.getUint32(18) >>> 12
}

/** One run of playing. `stop` ends it; `position` is the moment that is heard now. */
export class Playback implements Disposable {
  readonly #request: PlayRequest
  readonly #on: (state: Playing, error?: unknown) => void
  readonly #gone = new AbortController()
  readonly #sounding = new Set<AudioBufferSourceNode>()
  #context: AudioContext | undefined
  #state: Playing = 'waiting'
  /** Moment of the timeline minus that of the context. */
  #shift = 0
  /** Up to where it was put, in moments of the timeline. */
  #put: number
  #wake = 0

  constructor(request: PlayRequest, on: (state: Playing, error?: unknown) => void) {
    this.#request = request
    this.#on = on
    this.#put = request.from
    on('waiting')
    this.#run().catch((error: unknown) => {
      if (this.#gone.signal.aborted) return
      this.#say('stopped', error)
      this[Symbol.dispose]()
    })
  }

  /** The moment of the timeline that is heard. */
  get position(): number {
    const { from } = this.#request
    if (!this.#context || this.#state !== 'playing') return this.#state === 'waiting' ? this.#put : from
    const late = this.#context.outputLatency || 0
    return Math.max(from, Math.min(this.#put, this.#context.currentTime - late + this.#shift))
  }

  #say(state: Playing, error?: unknown): void {
    if (state === this.#state && error === undefined) return
    this.#state = state
    this.#on(state, error)
  }

  async #run(): Promise<void> {
    const { end } = this.#request
    for (let turn = 0; this.#put < end - 1e-6; turn++) {
      const length = LENGTHS[Math.min(turn, LENGTHS.length - 1)] ?? 4
      const bytes = await this.#ask(this.#put, Math.min(end, this.#put + length))
      this.#context ??= new AudioContext({ sampleRate: rateOfFlac(bytes) })
      const context = this.#context
      if (context.state !== 'running') await context.resume()
      const sound = await context.decodeAudioData(bytes)
      if (this.#gone.signal.aborted) return
      this.#place(context, sound)
      await this.#until(() => this.#put - this.#heard(context) < AHEAD)
    }
    const context = this.#context
    if (context) await this.#until(() => this.#heard(context) >= this.#put)
    this.#say('stopped')
    this[Symbol.dispose]()
  }

  async #ask(from: number, to: number): Promise<ArrayBuffer> {
    const { id, revision, solo } = this.#request
    const body = { revision, from, to, ...(solo ? { solo: [...solo] } : {}) }
    const options = { signal: this.#gone.signal }
    return (await api.call('POST /api/items/:id/timeline/stretch', { params: { id }, body }, options)).arrayBuffer()
  }

  #heard(context: AudioContext): number {
    return context.currentTime + this.#shift
  }

  /** Puts a stretch where the one before ends; where that is past already (the server was slow), as soon as can be. */
  #place(context: AudioContext, sound: AudioBuffer): void {
    let when = this.#put - this.#shift
    if (this.#sounding.size === 0 || when < context.currentTime) {
      when = Math.ceil((context.currentTime + LEAD) * context.sampleRate) / context.sampleRate
      this.#shift = this.#put - when
    }
    const node = context.createBufferSource()
    node.buffer = sound
    node.connect(context.destination)
    node.start(when)
    this.#sounding.add(node)
    node.onended = () => {
      this.#sounding.delete(node)
      if (this.#sounding.size === 0 && this.#put < this.#request.end - 1e-6) this.#say('waiting')
    }
    this.#put += sound.duration
    // A stretch is a whole number of samples; the next begins where the timeline says, not where sums of them lead.
    this.#put = Math.round(this.#put * 1e6) / 1e6
    this.#say('playing')
  }

  /** Looks every tenth of a second. */
  #until(so: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.#gone.signal.aborted || so()) resolve()
        else this.#wake = window.setTimeout(look, 100)
      }
      look()
    })
  }

  [Symbol.dispose](): void {
    window.clearTimeout(this.#wake)
    this.#gone.abort()
    for (const node of this.#sounding) {
      node.onended = null
      node.stop()
    }
    this.#sounding.clear()
    this.#context?.close().catch(() => undefined)
    this.#context = undefined
  }
}
