import { defineConfig } from 'vitest/config'

/** A real Firefox is pushed to by the real sender; see tests/push/README.md. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['tests/push/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
})
