import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/crash.test.ts', 'test/hostile/*.test.ts', 'test/soak/*.soak.ts'],
    globalSetup: ['test/global-setup.ts'],
    pool: 'forks',
    testTimeout: 4 * 3_600_000,
    hookTimeout: 600_000,
  },
})
