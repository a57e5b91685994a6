/** Plays what was spoken, sentence by sentence, out of the takes it lies in. */
import { useCallback, useEffect, useRef, useState } from 'react'

/** A stretch of a take: seconds. */
export interface Stretch {
  readonly id: string
  readonly take: string
  readonly start: number
  readonly end: number
}

/** `playing` is the id of what is heard now; `play` begins anew with the first stretch. */
export function useTakePlayer(speech: string): {
  playing: string | null
  play(stretches: readonly Stretch[]): void
  stop(): void
} {
  const [playing, setPlaying] = useState<string | null>(null)
  const audio = useRef<HTMLAudioElement | null>(null)
  const left = useRef<readonly Stretch[]>([])
  const stop = useCallback(() => {
    left.current = []
    audio.current?.pause()
    setPlaying(null)
  }, [])
  useEffect(() => stop, [stop])
  const next = useCallback(() => {
    const [now] = left.current
    if (!now) return stop()
    audio.current ??= new Audio()
    const player = audio.current
    const source = `/api/speech/${speech}/takes/${now.take}`
    const go = () => {
      player.currentTime = now.start
      player.play().catch(stop)
    }
    player.ontimeupdate = () => {
      if (player.currentTime < now.end) return
      player.ontimeupdate = null
      left.current = left.current.slice(1)
      if (left.current.length === 0) stop()
      else next()
    }
    player.onended = player.ontimeupdate
    player.onerror = stop
    setPlaying(now.id)
    if (player.getAttribute('src') === source && player.readyState >= 1) go()
    else {
      player.src = source
      player.onloadedmetadata = go
    }
  }, [speech, stop])
  const play = useCallback(
    (stretches: readonly Stretch[]) => {
      left.current = stretches
      next()
    },
    [next],
  )
  return { playing, play, stop }
}

/** The stretches of segments that are spoken. */
export function stretchesOf(
  segments: readonly { readonly id: string; readonly spoken: Omit<Stretch, 'id'> | null }[],
): Stretch[] {
  return segments.flatMap(({ id, spoken }) =>
    spoken ? [{ id, take: spoken.take, start: spoken.start, end: spoken.end }] : [],
  )
}
