/** For tests: a fresh database of each sort. A suite that promises something of the store runs on both. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import './provided.ts'

export type Sort = 'embedded' | 'postgres'

/** The sorts there are on this machine; in CI a missing PostgreSQL has already failed the run. */
export const sorts: Sort[] = inject('postgres') ? ['embedded', 'postgres'] : ['embedded']

/** Address of a new, empty database; undefined for the embedded one. `drop` takes it away again. */
export async function freshDatabase(sort: Sort): Promise<{ url: string | undefined; drop(): Promise<void> }> {
  if (sort === 'embedded') return { url: undefined, drop: async () => undefined }
  const server = inject('postgres')
  const name = `sotto_${randomUUID().replaceAll('-', '')}`
  await run(server, `create database ${name}`)
  return {
    url: server.replace(/\/postgres$/, `/${name}`),
    drop: () => run(server, `drop database if exists ${name} with (force)`),
  }
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
