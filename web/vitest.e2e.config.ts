import { defineConfig } from 'vitest/config'

/** The journeys in a real browser against a running server; see tests/e2e/README.md. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['tests/e2e/**/*.test.ts'],
    // One server, one browser at a time: what is measured is the journey, not the machine.
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 30_000,
  },
})
