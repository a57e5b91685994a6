/** Once for a run of the tests: the PostgreSQL server that the store suites also run on. */
import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the PostgreSQL server; empty where there is none. */
    postgres: string
  }
}

// Vitest takes the set-up as the default export of its module.
export default async function setup(project: TestProject) {
  const postgres = await startPostgres()
  if (!postgres && process.env.CI) throw new Error('PostgreSQL is not installed: the suites must run on both databases')
  project.provide('postgres', postgres?.url ?? '')
  return () => postgres?.stop()
}
