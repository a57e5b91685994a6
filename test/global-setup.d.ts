/** Once for a run of the tests: the PostgreSQL server that the store suites also run on. */
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the PostgreSQL server; empty where there is none. */
    postgres: string
  }
}
export default function setup(project: TestProject): Promise<() => Promise<void> | undefined>
