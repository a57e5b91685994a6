/** The random number of this browser, in the place of any hardware identifier; made only while it is wanted (C81). */
import { mayKeep } from './cookie-choice.ts'

/** Declared in the policy's list of what is kept in the browser. */
const KEY = 'install_id'

/** The number of this browser; null while there is none. */
export function installId(): string | null {
  return localStorage.getItem(KEY)
}

/** Makes a new one and answers it, with the one it replaces; null where the person lets nothing of the kind be kept. */
export function renewInstallId(): { install: string; replaces: string | null } | null {
  if (!mayKeep('install_id')) return null
  const replaces = installId()
  const install = crypto.randomUUID()
  localStorage.setItem(KEY, install)
  return { install, replaces }
}

/** Forgets it here. */
export function forgetInstallId(): void {
  localStorage.removeItem(KEY)
}
