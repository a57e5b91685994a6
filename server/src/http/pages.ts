/** The web pages: the built single-page application, served from its folder. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import files from '@fastify/static'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../problem.ts'
import type { App } from './handle.ts'

/**
 * Serves the pages in `folder` (what Vite built: `assets/` carries a hash in each name and never changes). Files that
 * have a `.br` or `.gz` beside them are sent compressed. Without the folder only the interface is served.
 * Answers what to do with an address that is no file and no route: the application itself for a page, else a problem.
 */
export async function servePages(
  app: App,
  folder: string | undefined,
): Promise<(request: FastifyRequest, reply: FastifyReply) => unknown> {
  const built = folder !== undefined && existsSync(join(folder, 'index.html'))
  if (built)
    await app.register(files, {
      root: folder,
      wildcard: true,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header(
          'cache-control',
          /[/\\]assets[/\\]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
        )
      },
    })
  return (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? ''
    const page =
      request.method === 'GET' && !path.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html')
    if (!built || !page) throw new Problem('not_found')
    return reply.header('cache-control', 'no-cache').sendFile('index.html')
  }
}
