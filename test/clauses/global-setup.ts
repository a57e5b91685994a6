/** For one broken rule: the embedded database that the whole run made once; the suites run on it alone. */
import type { TestProject } from 'vitest/node'
import '@sotto/server/testing/provided'

// Vitest takes the set-up as the default export of its module.
export default function setup(project: TestProject) {
  project.provide('postgres', '')
  project.provide('embedded', process.env.SOTTO_CLAUSES_EMBEDDED ?? '')
}
