/** Two media elements in step with one fader between them. */

/** Gains of the two sides at `mix` (0 = first alone, 1 = second alone): equal power, so the middle is not a dip. */
export function gainsOf(mix: number): readonly [number, number] {
  const at = Math.min(1, Math.max(0, mix))
  return [Math.cos((at * Math.PI) / 2), Math.sin((at * Math.PI) / 2)]
}

/** What the follower does about being `lag` seconds behind the leader: jump, run a little faster or slower, nothing. */
export function followBy(lag: number): { readonly jump: boolean; readonly rate: number } {
  const distance = Math.abs(lag)
  if (distance > 0.15) return { jump: true, rate: 1 }
  if (distance > 0.012) return { jump: false, rate: 1 + Math.sign(lag) * Math.min(0.04, distance) }
  return { jump: false, rate: 1 }
}

/** Plays both; the first leads, the second follows it. Needs a press of the person before it may sound. */
export class Crossfade implements Disposable {
  readonly #first: HTMLMediaElement
  readonly #second: HTMLMediaElement
  #context: AudioContext | null = null
  #gains: readonly [GainNode, GainNode] | null = null
  #mix = 1
  #timer = 0

  constructor(first: HTMLMediaElement, second: HTMLMediaElement) {
    this.#first = first
    this.#second = second
    first.addEventListener('pause', this.#halt)
    first.addEventListener('seeking', this.#align)
  }

  /** 0 = first alone, 1 = second alone. */
  set mix(value: number) {
    this.#mix = value
    if (!this.#context || !this.#gains) return
    const [a, b] = gainsOf(value)
    this.#gains[0].gain.setTargetAtTime(a, this.#context.currentTime, 0.015)
    this.#gains[1].gain.setTargetAtTime(b, this.#context.currentTime, 0.015)
  }

  /** Starts both at the leader's position. */
  async play(): Promise<void> {
    this.#connect()
    await this.#context?.resume()
    this.#second.currentTime = this.#first.currentTime
    await Promise.all([this.#first.play(), this.#second.play()])
    window.clearInterval(this.#timer)
    this.#timer = window.setInterval(this.#follow, 100)
  }

  /** Stops both. */
  pause(): void {
    this.#first.pause()
  }

  [Symbol.dispose](): void {
    window.clearInterval(this.#timer)
    this.#first.removeEventListener('pause', this.#halt)
    this.#first.removeEventListener('seeking', this.#align)
    this.#first.pause()
    this.#second.pause()
    this.#context?.close()
  }

  // volume is read-only on iOS: gains it is. An element can be connected once in its life.
  #connect(): void {
    if (this.#context) return
    const context = new AudioContext()
    const [a, b] = gainsOf(this.#mix)
    const wire = (element: HTMLMediaElement, value: number) => {
      const gain = new GainNode(context, { gain: value })
      context.createMediaElementSource(element).connect(gain).connect(context.destination)
      return gain
    }
    this.#gains = [wire(this.#first, a), wire(this.#second, b)]
    this.#context = context
  }

  readonly #halt = () => {
    window.clearInterval(this.#timer)
    this.#second.pause()
  }
  readonly #align = () => {
    this.#second.currentTime = this.#first.currentTime
  }
  readonly #follow = () => {
    const { jump, rate } = followBy(this.#first.currentTime - this.#second.currentTime)
    if (jump) this.#align()
    this.#second.playbackRate = this.#first.playbackRate * rate
  }
}
