/** The notice as the server prints it from the policy. */
import type { Notice } from '@sotto/policy'
import { api } from '../api/api.ts'
import type { Locale } from '../text/locale.ts'

/** The notice as data. */
export async function readNotice(locale: Locale, signal?: AbortSignal): Promise<Notice> {
  const answer = await api.call('GET /api/notice', { query: { locale, format: 'json' } }, signal ? { signal } : {})
  // the client parses JSON answers, although the contract names this route by the bytes of its other formats
  return answer as unknown as Notice
}
