/** Once for a run of the tests: the PostgreSQL server that the store suites also run on. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPglite } from '@sotto/server/testing/pglite'
import type { TestProject } from 'vitest/node'
import '@sotto/server/testing/provided'
import { startPostgres } from './postgres.ts'

// Vitest takes the set-up as the default export of its module.
export default async function setup(project: TestProject) {
  const postgres = await startPostgres()
  if (!postgres && process.env.CI) throw new Error('PostgreSQL is not installed: the suites must run on both databases')
  const embedded = mkdtempSync(join(tmpdir(), 'sotto-embedded-'))
  const { close } = await openPglite(embedded)
  await close()
  project.provide('postgres', postgres?.url ?? '')
  project.provide('embedded', embedded)
  return async () => {
    await postgres?.stop()
    rmSync(embedded, { recursive: true })
  }
}
