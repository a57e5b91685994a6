/** One at a time per name: what touches the same keyring, item or person waits its turn; others go on. */
export class Turns {
  readonly #tails = new Map<string, Promise<unknown>>()

  /** Runs `work` after all earlier work of `name` has settled. */
  take<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(name) ?? Promise.resolve()
    const mine = before.then(work, work)
    const tail = mine.then(
      () => undefined,
      () => undefined,
    )
    this.#tails.set(name, tail)
    tail.then(() => {
      if (this.#tails.get(name) === tail) this.#tails.delete(name)
    })
    return mine
  }
}
