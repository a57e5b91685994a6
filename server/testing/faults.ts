/** For tests: a crash at the n-th effect. Whatever was done before stays done; whatever comes after is not. */
import type { Studio } from '../src/studio.ts'

/** Thrown in place of the effect. */
export class Crash extends Error {
  override name = 'Crash'
}

/**
 * Makes the n-th write from now (to the ledger, the database, the keys, the objects) throw, and every one after it, until
 * disposed: as seen from the disk, the process died there. `reached` says whether it came to that.
 */
export function crashAt(studio: Studio, n: number): Disposable & { readonly reached: boolean } {
  let left = n
  let reached = false
  const effect = () => {
    if (--left > 0) return
    reached = true
    throw new Crash(`before effect ${n}`)
  }
  const places: readonly (readonly [object, readonly string[]])[] = [
    [studio.db, ['insertInto', 'updateTable', 'deleteFrom', 'transaction']],
    [studio.ledger, ['append']],
    [studio.keys, ['add', 'destroy', 'destroyPerson']],
    [studio.lookup, ['forget', 'claim', 'release']],
    [studio.objects, ['remove']],
  ]
  for (const [target, names] of places)
    for (const name of names) {
      const real = (target as Record<string, (...args: unknown[]) => unknown>)[name]
      Object.defineProperty(target, name, {
        configurable: true,
        value: (...args: unknown[]) => {
          effect()
          return real?.apply(target, args)
        },
      })
    }
  return {
    get reached() {
      return reached
    },
    [Symbol.dispose]: () => {
      for (const [target, names] of places) for (const name of names) Reflect.deleteProperty(target, name)
    },
  }
}
