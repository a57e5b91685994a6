/** Recording while the page is out of sight: a purpose of its own, off until switched on, and always in sight (C36). */
import { useEffect } from 'react'
import { api } from '../api/api.ts'

const heard = new Set<string>()

/** Whether a part of a recording was made in the background: the server is told, and goes by its own switch. */
export function wasInBackground(id: string): boolean {
  return heard.has(id)
}

/** Whether the person wants it; no, where it cannot be asked. */
export async function backgroundOn(): Promise<boolean> {
  const switches = await api.call('GET /api/consents', {}).catch(() => [])
  return switches.some(({ setting, on }) => setting === 'background' && on)
}

/**
 * While `recording`: when the page goes out of sight, pauses, or, where it is wanted, says so in the title of the page all
 * the while.
 */
export function useBackground(recording: string | null, says: string, pause: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: one watch for each recording
  useEffect(() => {
    if (recording === null) return
    const title = document.title
    let on = false
    void backgroundOn().then((value) => {
      on = value
    })
    const look = () => {
      if (!document.hidden) document.title = title
      else if (on) {
        heard.add(recording)
        document.title = `\u25cf ${says}`
      } else pause()
    }
    document.addEventListener('visibilitychange', look)
    return () => {
      document.removeEventListener('visibilitychange', look)
      document.title = title
    }
  }, [recording])
}
