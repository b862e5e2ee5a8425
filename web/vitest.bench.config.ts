import { defineConfig } from 'vitest/config'

/** What the screens cost, in a real Chromium against a server filled for it; see tests/bench/README.md. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['tests/bench/**/*.test.ts'],
    // One after the other: they measure.
    fileParallelism: false,
    pool: 'forks',
    isolate: false,
    testTimeout: 1_200_000,
    hookTimeout: 60_000,
  },
})
