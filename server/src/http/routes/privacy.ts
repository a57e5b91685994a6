/** Routes of one's own privacy: what is held, who opened it, erase everything; and the ledger's head for anyone. */
import { Readable } from 'node:stream'
import { archiveOf } from '../../copy/archive.ts'
import { importCopy } from '../../copy/import.ts'
import { copiedRecords } from '../../copy/records.ts'
import { verifyHead } from '../../ledger/checkpoint.ts'
import { Problem } from '../../problem.ts'
import { heldOf } from '../../rights/held.ts'
import type { Studio } from '../../studio.ts'
import { type App, handle } from '../handle.ts'
import { clearToken } from '../token.ts'

/** Privacy. */
export function privacyRoutes(app: App, studio: Studio): void {
  const { erase, gate, ledger } = studio

  handle(app, 'GET /api/privacy/held', async ({ person }) => {
    const held = await heldOf(studio, person)
    return held.map((one) => ({ ...one, oldest: one.oldest?.toISOString() ?? null }))
  })

  handle(app, 'GET /api/privacy/copy', async ({ person, reply }) => {
    const copy = await copiedRecords(studio, person)
    reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', 'attachment; filename="sotto-copy.json"')
    return Buffer.from(JSON.stringify(copy, null, 2))
  })

  handle(app, 'GET /api/privacy/archive', async ({ person, query, locale, reply }) => {
    await gate.ask('own_rights', person)
    // The page asks first whether fresh proof is needed; the file itself is then fetched by the browser's own saving.
    if (query.ask !== undefined) return ''
    const pieces = archiveOf(studio, person, { locale: query.locale ?? locale })
    reply
      .type('application/x-tar')
      .header('content-disposition', `attachment; filename="sotto-${studio.clock().toISOString().slice(0, 10)}.tar"`)
    return Readable.from(pieces, { objectMode: false, highWaterMark: 256 * 1024 })
  })

  // Fastify must leave the body alone: it goes straight from the socket into sealed objects.
  app.addContentTypeParser('application/x-tar', (_request, _payload, done) => done(null))
  handle(app, 'POST /api/privacy/import', async ({ person, request }) => {
    try {
      const { profile, left, ...counts } = await importCopy(studio, person, request.raw)
      return { ...counts, profile: [...profile], left: left.map((one) => ({ ...one })) }
    } finally {
      // Whoever still sends is let to the end, and then reads what was wrong.
      request.raw.resume()
    }
  })

  handle(app, 'GET /api/privacy/openings', async ({ person, query }) => {
    await (await gate.open('own_rights', person, { by: 'self' })).check()
    const openings = []
    for await (const { index, at, content } of ledger.of(person, 'opening', query.before)) {
      const { purpose, categories, by, why } = content
      openings.push({ index, at: at.toISOString(), purpose, categories: [...categories], by, item: why ?? null })
      if (openings.length >= query.limit) break
    }
    return openings
  })

  handle(app, 'POST /api/privacy/erase', async ({ person, reply, passage }) => {
    const certificate = await erase.person(person)
    clearToken(reply, passage.origin.startsWith('https:'))
    return certificate
  })

  handle(app, 'GET /api/ledger/head', async () => {
    const signed = await ledger.signedHead()
    const head = verifyHead(signed, studio.host.verifying)
    if (!head) throw new Problem('internal')
    return { origin: 'sotto.ledger', size: head.size, root: head.root.toString('base64'), signed }
  })

  handle(app, 'GET /api/ledger/consistency', async ({ query }) => {
    if (query.from > query.to || query.to > ledger.head.size) throw new Problem('bad_request')
    return { proof: ledger.consistency(query.from, query.to).map((hash) => hash.toString('base64')) }
  })
}
