/** The notice as JSON. */
import type { Notice } from './notice.ts'

/** Writes a notice as JSON, indented, with a line break at the end. Its structure is that of `Notice`. */
export function noticeJson(notice: Notice): string {
  return `${JSON.stringify(notice, null, 2)}\n`
}
