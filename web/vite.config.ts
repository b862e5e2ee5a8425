import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type PluginOption } from 'vite'
import { budget, type Budget } from './build/budget.ts'
import { oldBrowsers } from './build/old-browsers.ts'
import { openapiPage } from './build/openapi-page.ts'
import { precache } from './build/precache.ts'
import { precompress } from './build/precompress.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** kB of gzipped JS + CSS: `shell` is what the page needs to start, `total` adds its lazy parts. */
const budgets: Record<string, Budget> = {
  console: { shell: 90 },
  mobile: { shell: 60 },
  portal: { shell: 40 },
  dash: { shell: 40, total: 300 },
  docs: { shell: 70 },
}

/** Where `npm run dev` finds a running server; the built files are served by that server itself. */
const backend = process.env['HOTLINE_URL'] ?? 'http://127.0.0.1:8345'

/**
 * Each page is built by itself (scripts/build.mjs): in one build all would share a Vue with
 * everything any of them uses, and one page's growth would be paid for by the others.
 */
const page = process.env['HOTLINE_PAGE']

function inputs(): Record<string, string> {
  const names = page === undefined ? Object.keys(budgets) : [page]
  const pages = names.map((name) => [name, here(`${name}.html`)])
  const worker = names.includes('mobile') ? [['sw', here('src/sw/sw.ts')]] : []
  return Object.fromEntries([...pages, ...worker])
}

function checks(): PluginOption[] {
  if (page === undefined) return []
  return [
    budget({ [page]: budgets[page] ?? { shell: 0 } }),
    page === 'mobile' && precache({ entry: page, worker: 'sw.js' }),
    page === 'portal' && oldBrowsers(),
    precompress(),
  ]
}

export default defineConfig({
  plugins: [vue(), openapiPage(here('../server/api/openapi.yaml')), checks()],
  resolve: { alias: { '@': here('./src') } },
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    // The portal is for whatever telephone an owner has; Chromium 80 is the first that reads ES2020.
    target: page === 'portal' ? ['es2020', 'chrome80'] : 'es2022',
    // Data URLs and the inline polyfill would need holes in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      input: inputs(),
      output: {
        // A service worker must keep its address; everything else is named by its content.
        entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: {
    proxy: {
      '/api': { target: backend, changeOrigin: true, ws: true },
    },
  },
})
