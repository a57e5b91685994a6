/** The server that bench/route.ts asks: two routes that read one item, on the embedded database. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStudio, readConfig } from '@sotto/server'
import { fastify } from 'fastify'

const root = mkdtempSync(join(tmpdir(), 'sotto-bench-'))
process.on('exit', () => rmSync(root, { recursive: true, force: true }))
process.on('SIGTERM', () => process.exit())

const studio = await openStudio(readConfig({ SOTTO_DATA: join(root, 'data'), SOTTO_KEYS: join(root, 'keys') }), {
  work: false,
})
const person = await studio.persons.create({ version: 'bench', hash: 'bench', locale: 'en' })
const id = randomUUID()
await studio.keys.add(person, id)
const mine = await studio.gate.open('keep_media', person, { by: 'self' })
await mine.item.add({ name: 'A recording', media: 'sound', origin: 'imported' }, { id, item: id })

const app = fastify()
app.get('/gated', async () => {
  const opened = await studio.gate.open('keep_media', person, { by: 'self', item: id })
  return opened.item.get(id)
})
// The same question to the database, answered without a policy.
app.get('/bare', async () => {
  const row = await studio.db.selectFrom('record').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return {
    name: 'A recording',
    media: 'sound',
    origin: 'imported',
    id,
    item: id,
    state: row.state,
    version: row.version,
    bytes: Number(row.bytes),
    created_at: row.created_at,
    due_at: row.due_at,
  }
})
process.send?.(await app.listen({ host: '127.0.0.1', port: 0 }))
