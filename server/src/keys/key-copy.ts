/**
 * The one rolling copy of the key store. It is what saves everybody's things when the key store's disk dies, and it is the
 * only other place where a destroyed key may still be for a while: so it is made anew at the latest every `days` days, and
 * a certificate names the day by which it has been (G16).
 */
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { syncDirectory } from './host-key.ts'

const DAY_MS = 24 * 3600 * 1000

/** The rolling copy of one key store. */
export class KeyCopy implements Disposable {
  readonly #from: string
  readonly #to: string
  readonly #days: number
  readonly #now: () => Date
  #timer: NodeJS.Timeout | undefined

  constructor(parts: { from: string; to: string; days: number; now: () => Date }) {
    this.#from = parts.from
    this.#to = parts.to
    this.#days = parts.days
    this.#now = parts.now
  }

  /** The latest day by which the present copy has been replaced: a key destroyed now is in no copy after it. */
  lastCopyGone(): Date {
    return new Date(this.#now().getTime() + this.#days * DAY_MS)
  }

  /** Looks every hour whether the copy has become too old; the first look is taken at once. */
  async start(): Promise<void> {
    await this.refresh()
    this.#timer = setInterval(() => void this.refresh().catch(() => undefined), 3600_000).unref()
  }

  /** Makes the copy anew when it is older than half its time: one failed round still keeps the promise. */
  async refresh(): Promise<boolean> {
    const next = `${this.#to}.new`
    const old = `${this.#to}.old`
    // What a crash left of an earlier round: older keys, which must not outlive their days, and in the way of the next one.
    for (const left of [next, old]) await rm(left, { recursive: true, force: true })
    const made = Date.parse(await readFile(join(this.#to, 'made-at'), 'utf8').catch(() => ''))
    const age = this.#now().getTime() - made
    if (age >= 0 && age < (this.#days * DAY_MS) / 2) return false
    await mkdir(next, { recursive: true, mode: 0o700 })
    await cp(this.#from, next, { recursive: true, filter: (source) => !source.endsWith('.new') })
    await writeFile(join(next, 'made-at'), this.#now().toISOString())
    await rename(this.#to, old).catch(() => undefined)
    await rename(next, this.#to)
    await syncDirectory(join(this.#to, '..'))
    await rm(old, { recursive: true, force: true })
    return true
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }
}
