/** The notice as the server prints it from the policy. */
import type { Notice } from '@sotto/policy'
import { api } from '../api/api.ts'
import type { Locale } from '../text/locale.ts'

const printed = new Map<Locale, Promise<Notice>>()

/** The notice as data; asked for once in each language. */
export function readNotice(locale: Locale): Promise<Notice> {
  const known = printed.get(locale)
  if (known) return known
  // the client parses JSON answers, although the contract names this route by the bytes of its other formats
  const asked = api.call('GET /api/notice', { query: { locale, format: 'json' } }) as unknown as Promise<Notice>
  printed.set(locale, asked)
  asked.catch(() => printed.delete(locale))
  return asked
}

/** Declared in the policy's list of what is kept in the browser: which notice was put aside, so that it is not pressed on anybody twice. */
const PUT_ASIDE = 'notice_draft'

/** Whether the person said "not now" to the notice as it is. */
export function wasPutAside(hash: string | undefined): boolean {
  return hash !== undefined && localStorage.getItem(PUT_ASIDE) === hash
}

/** Remembers, or forgets (null), which notice was put aside. */
export function putAside(hash: string | null): void {
  if (hash === null) localStorage.removeItem(PUT_ASIDE)
  else localStorage.setItem(PUT_ASIDE, hash)
}

/** Forgets what was printed: the server says that the notice has changed. */
export function forgetNotice(): void {
  printed.clear()
}

/** Which notice was before the person, for what they agree to. */
export async function noticeSeen(locale: Locale): Promise<{ version: string; hash: string; locale: Locale }> {
  const { version, hash } = await readNotice(locale)
  return { version, hash, locale }
}
