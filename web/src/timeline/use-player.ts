/** The playhead and what is heard: begins at it, follows what is changed, stops at the end. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { type Store, storeOf } from '../api/store.ts'
import { Playback, type Playing } from './playback.ts'

/** Playing, for a component. */
export interface Player {
  readonly state: Playing
  readonly error: unknown
  readonly playhead: Store<number>
  toggle(): void
  stop(): void
  /** Puts the playhead elsewhere; what plays goes on from there. */
  seek(time: number): void
}

/** `flush` keeps the timeline and says its revision. What plays begins anew, where it is, when `heard` (what changes the sound) does. */
export function usePlayer(options: {
  id: string
  end: number
  solo: ReadonlySet<number>
  heard: unknown
  flush(): Promise<number>
}): Player {
  const [state, setState] = useState<Playing>('stopped')
  const [error, setError] = useState<unknown>(null)
  const [playhead] = useState(() => storeOf(0))
  const run = useRef<Playback | null>(null)
  const turn = useRef(0)
  const given = useRef(options)
  given.current = options

  const stop = useCallback(() => {
    turn.current += 1
    const playing = run.current
    run.current = null
    if (playing) {
      playhead.set(playing.position)
      playing[Symbol.dispose]()
    }
    setState('stopped')
  }, [playhead])

  const start = useCallback(() => {
    const { id, end, solo, flush } = given.current
    stop()
    const mine = turn.current
    if (playhead.get() >= end - 0.01) playhead.set(0)
    if (end <= 0) return
    setError(null)
    setState('waiting')
    flush().then(
      (revision) => {
        if (mine !== turn.current) return
        const from = Math.min(playhead.get(), end)
        const alone = solo.size > 0 ? { solo: [...solo] } : {}
        run.current = new Playback({ id, revision, from, end, ...alone }, (next, problem) => {
          if (mine !== turn.current) return
          setState(next)
          if (problem !== undefined) setError(problem)
          if (next === 'stopped' && problem === undefined) playhead.set(end)
        })
      },
      (problem: unknown) => {
        if (mine !== turn.current) return
        setState('stopped')
        setError(problem)
      },
    )
  }, [playhead, stop])

  useEffect(() => {
    if (state === 'stopped') return
    let frame = 0
    const follow = () => {
      if (run.current) playhead.set(run.current.position)
      frame = requestAnimationFrame(follow)
    }
    follow()
    return () => cancelAnimationFrame(frame)
  }, [state, playhead])

  const { heard, solo } = options
  // biome-ignore lint/correctness/useExhaustiveDependencies: `heard` and `solo` say when what plays is not it any more
  useEffect(() => {
    if (run.current) start()
  }, [heard, solo, start])
  useEffect(() => stop, [stop])

  return {
    state,
    error,
    playhead,
    stop,
    toggle: useCallback(() => (state === 'stopped' ? start() : stop()), [state, start, stop]),
    seek: useCallback(
      (time: number) => {
        const going = run.current !== null
        stop()
        playhead.set(Math.max(0, time))
        if (going) start()
      },
      [playhead, start, stop],
    ),
  }
}
