import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  test: {
    environment: 'happy-dom',
    include: ['{src,build,tests/unit}/**/*.test.ts'],
    restoreMocks: true,
    // The contrast test reads the real tokens; other style sheets stay empty.
    css: { include: /tokens\.css/ },
  },
})
