/** Reading from the server in a component: loading, the answer, or the problem, and a way to ask again. */
import { useCallback, useEffect, useState } from 'react'

/** What a component knows of an answer. `value` stays while it is asked for again. */
export interface Asked<T> {
  value: T | null
  error: unknown
  loading: boolean
  again(): void
  put(value: T): void
}

/** Asks once per `key`; null asks nothing. The signal ends the request when the component goes. */
export function useAnswer<T>(key: string | null, ask: (signal: AbortSignal) => Promise<T>): Asked<T> {
  const [state, setState] = useState<{ key: string | null; value: T | null; error: unknown; loading: boolean }>({
    key,
    value: null,
    error: null,
    loading: key !== null,
  })
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says what `ask` asks; `round` asks again
  useEffect(() => {
    if (key === null) return
    const controller = new AbortController()
    setState((old) => ({ key, value: old.key === key ? old.value : null, error: null, loading: true }))
    ask(controller.signal).then(
      (value) => controller.signal.aborted || setState({ key, value, error: null, loading: false }),
      (error) =>
        controller.signal.aborted ||
        setState((old) => ({ key, value: old.key === key ? old.value : null, error, loading: false })),
    )
    return () => controller.abort()
  }, [key, round])
  const again = useCallback(() => setRound((value) => value + 1), [])
  const put = useCallback((value: T) => setState({ key, value, error: null, loading: false }), [key])
  return { value: state.key === key ? state.value : null, error: state.error, loading: state.loading, again, put }
}
