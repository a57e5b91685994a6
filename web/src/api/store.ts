/** A value outside of React that components can watch. */
import { useSyncExternalStore } from 'react'

/** A watchable value. */
export interface Store<T> {
  get(): T
  set(next: T | ((old: T) => T)): void
  watch(listener: () => void): () => void
}

/** A store that begins with `value`. Listeners are told only when the value is another. */
export function storeOf<T>(value: T): Store<T> {
  let current = value
  const listeners = new Set<() => void>()
  return {
    get: () => current,
    set(next) {
      const value = typeof next === 'function' ? (next as (old: T) => T)(current) : next
      if (Object.is(value, current)) return
      current = value
      for (const listener of listeners) listener()
    },
    watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The store's value, followed by the component. */
export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.watch, store.get)
}
