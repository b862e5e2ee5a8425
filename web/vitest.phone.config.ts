import { defineConfig } from 'vitest/config'
import { ByName } from './build/by-name.ts'

/** Real calls through a real Asterisk; see tests/phone/README.md. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['tests/phone/**/*.test.ts'],
    fileParallelism: false,
    sequence: { sequencer: ByName },
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
})
