/** Undo as plain data: what was, what is, what was undone. Survives JSON, so it survives a reload. */
export interface History<T> {
  readonly past: readonly T[]
  readonly present: T
  readonly future: readonly T[]
}

/** A history that begins here. */
export function historyOf<T>(present: T): History<T> {
  return { past: [], present, future: [] }
}

/** After one more step. What was undone before it is gone. Nothing is forgotten at the other end: steps share what they did not change. */
export function step<T>(history: History<T>, next: T): History<T> {
  return { past: [...history.past, history.present], present: next, future: [] }
}

/** One step back, or the same history at its beginning. */
export function undo<T>(history: History<T>): History<T> {
  const previous = history.past.at(-1)
  if (history.past.length === 0) return history
  return {
    past: history.past.slice(0, -1),
    present: previous as T, // the list is not empty: checked above
    future: [history.present, ...history.future],
  }
}

/** One step forward again, or the same history at its end. */
export function redo<T>(history: History<T>): History<T> {
  const next = history.future.at(0)
  if (history.future.length === 0) return history
  return {
    past: [...history.past, history.present],
    present: next as T, // the list is not empty: checked above
    future: history.future.slice(1),
  }
}
