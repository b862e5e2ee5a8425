import { defineConfig } from 'vitest/config'

/** What the API promises, asked of a running server without a browser; see tests/api/README.md. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['tests/api/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
})
