import { defineConfig } from 'vitest/config'

/** What needs a real Chromium against a server filled for it: what the screens cost, and their pictures; see the READMEs of both folders. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['tests/{bench,pictures}/**/*.test.ts'],
    // One after the other: they measure.
    fileParallelism: false,
    pool: 'forks',
    isolate: false,
    testTimeout: 1_200_000,
    hookTimeout: 60_000,
  },
})
