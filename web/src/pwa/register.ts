/** Registers the service worker, in the built page only. */

import { mayKeep } from '../privacy/cookie-choice.ts'

/** A browser without service workers works all the same, only not offline. */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator) || !mayKeep('shell')) return
  navigator.serviceWorker.register('/service-worker.js').catch(() => undefined)
}
