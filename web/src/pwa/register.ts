/** Registers the service worker, in the built page only. */

import { mayKeep } from '../privacy/cookie-choice.ts'

/** Pages that somebody reaches by a link alone: nothing is left in a visitor's browser by looking at one (C233). */
const BY_LINK = /^\/(s|ended)\//

/** A browser without service workers works all the same, only not offline. */
export function registerServiceWorker(): void {
  if (BY_LINK.test(window.location.pathname)) return
  if (!import.meta.env.PROD || !('serviceWorker' in navigator) || !mayKeep('shell')) return
  navigator.serviceWorker.register('/service-worker.js').catch(() => undefined)
}
