/** Who watches what happens to their things: one list of listeners a person, in the memory of this server. */
import type { JobRow } from './queue.ts'

/** Something that happened to a person's things. */
export type Happening =
  | { type: 'job'; job: JobRow }
  | { type: 'item'; item: string }
  | { type: 'segment'; job: string; item: string; segment: unknown }
  /** A text or dubbing has more spoken or translated than before. */
  | { type: 'speech'; speech: string }
  | { type: 'erased'; item: string | null }
  /** The account is frozen or its sessions ended: whoever watches is let go. */
  | { type: 'closed' }

type Listener = (happening: Happening) => void

/** The listeners of this server. */
export class Hub {
  readonly #listeners = new Map<string, Set<Listener>>()

  emit(person: string, happening: Happening): void {
    for (const listener of this.#listeners.get(person) ?? []) listener(happening)
  }

  /** Listens until the returned handle is disposed. */
  listen(person: string, listener: Listener): Disposable {
    let set = this.#listeners.get(person)
    if (!set) {
      set = new Set()
      this.#listeners.set(person, set)
    }
    const mine = set
    mine.add(listener)
    return {
      [Symbol.dispose]: () => {
        mine.delete(listener)
        if (mine.size === 0) this.#listeners.delete(person)
      },
    }
  }
}
