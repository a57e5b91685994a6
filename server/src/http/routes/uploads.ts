/** Resumable uploads by tus 1.0 at /api/uploads; the protocol is @tus/server's, the bytes go into sealed chunks. */
import { randomUUID } from 'node:crypto'
import { Server } from '@tus/server'
import { problemBody, problemOf, problems } from '../../problem.ts'
import type { Studio } from '../../studio.ts'
import { type App, callerOf } from '../handle.ts'

const PATH = '/api/uploads'

/** Uploads. */
export function uploadRoutes(app: App, { config, rights, uploads }: Studio): void {
  const tus = new Server({
    path: PATH,
    datastore: uploads,
    maxSize: config.uploadLimit,
    relativeLocation: true,
    namingFunction: () => randomUUID(),
    allowedOrigins: () => false,
    onResponseError: (_request, error) => {
      // tus's own errors are plain objects with a status; ours go through the catalogue.
      if (!(error instanceof Error)) return error
      const problem = problemOf(error)
      return { status_code: problems[problem.code].status, body: JSON.stringify(problemBody(problem, 'en')) }
    },
  })
  // Fastify must leave the body alone: it goes straight from the socket into chunks.
  app.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null))
  for (const url of [PATH, `${PATH}/:id`])
    app.route({
      method: ['POST', 'HEAD', 'PATCH', 'DELETE', 'OPTIONS'],
      url,
      schema: { hide: true } as object,
      handler: async (request, reply) => {
        const { person } = await callerOf(request)
        const { id } = request.params as { id?: string }
        const item = id && (await uploads.itemOf(person, id))
        // tus answers 413 by itself; that it was refused is noted here.
        if (request.method === 'POST' && Number(request.headers['upload-length']) > config.uploadLimit)
          await rights.note(person, 'upload_refused', 'upload_too_large')
        reply.hijack()
        for (const [name, value] of Object.entries(reply.getHeaders()))
          if (value !== undefined) reply.raw.setHeader(name, value)
        if (item) reply.raw.setHeader('sotto-item', item)
        await uploads.as(person, () => tus.handle(request.raw, reply.raw))
      },
    })
}
