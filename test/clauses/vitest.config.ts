import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { type Broken, breaking, ROOT } from './mutation.ts'

const given = process.env.SOTTO_BROKEN_RULE
const broken = given === undefined ? undefined : (JSON.parse(given) as Broken)

export default defineConfig({
  plugins: broken === undefined ? [] : [breaking(broken)],
  test: {
    root: ROOT,
    include: [
      'policy/**/*.test.ts',
      'media/**/*.test.ts',
      'server/**/*.test.ts',
      'cli/**/*.test.ts',
      'web/**/*.test.ts',
      'test/*.test.ts',
    ],
    globalSetup: [join(ROOT, 'test/clauses/global-setup.ts')],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
