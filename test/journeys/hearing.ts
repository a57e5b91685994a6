/** What is heard: where a sound element really was while it played. */
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'

/** Waits until the sound has played up to `seconds`. */
export async function played(sound: Locator, seconds: number): Promise<void> {
  await expect
    .poll(() => sound.evaluate((element: HTMLMediaElement) => element.currentTime), { timeout: 30_000, interval: 100 })
    .toBeGreaterThan(seconds)
}

/** Notes with each frame where the sound is while it plays; what is returned gives the moments noted. */
export async function heardFrom(sound: Locator): Promise<() => Promise<number[]>> {
  await sound.evaluate((element: HTMLMediaElement) => {
    const moments: number[] = []
    Object.assign(window, { moments })
    const note = () => {
      if (!element.paused && !element.seeking) moments.push(element.currentTime)
      requestAnimationFrame(note)
    }
    note()
  })
  return () => sound.evaluate(() => (window as unknown as { moments: number[] }).moments)
}
