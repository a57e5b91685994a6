/** The privacy notice, for people (HTML, Markdown) and programs (JSON). */
import { noticeHtml, noticeJson, noticeMarkdown } from '@sotto/policy'
import { type App, handle } from '../handle.ts'
import type { Notices } from '../notices.ts'

const formats = {
  json: { type: 'application/json; charset=utf-8', write: noticeJson },
  html: { type: 'text/html; charset=utf-8', write: noticeHtml },
  markdown: { type: 'text/markdown; charset=utf-8', write: noticeMarkdown },
} as const

/** The notice. */
export function noticeRoutes(app: App, notices: Notices): void {
  handle(app, 'GET /api/notice', async ({ query, reply }) => {
    const { type, write } = formats[query.format]
    return reply.type(type).send(write(notices.of(query.locale)))
  })
}
