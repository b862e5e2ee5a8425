import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { ByName } from './build/by-name.ts'

/** What these leave behind in their modules or on the page would be found by whoever comes next; the last tells the time by a clock others have set. */
const apart = [
  'src/apps/console/lists/lists.test.ts',
  'src/ui/ui.test.ts',
  'src/apps/portal/components/before.test.ts',
  'src/apps/console/phone/phone.test.ts',
]

const common = {
  environment: 'happy-dom',
  restoreMocks: true,
  // The contrast test reads the real tokens; other style sheets stay empty.
  css: { include: /tokens\.css/ },
} as const

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  test: {
    // A page of its own for each file costs more than all tests: one worker keeps one, beside the linters.
    maxWorkers: 1,
    sequence: { sequencer: ByName },
    projects: [
      {
        extends: true,
        test: {
          ...common,
          name: 'together',
          isolate: false,
          include: ['{src,build,tests/unit}/**/*.test.ts'],
          exclude: apart,
        },
      },
      { extends: true, test: { ...common, name: 'apart', include: apart } },
    ],
  },
})
