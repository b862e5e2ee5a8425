import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { budget } from './build/budget.ts'
import { openapiPage } from './build/openapi-page.ts'
import { precache } from './build/precache.ts'
import { precompress } from './build/precompress.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Where `npm run dev` finds a running server; the built files are served by that server itself. */
const backend = process.env['HOTLINE_URL'] ?? 'http://127.0.0.1:8345'

export default defineConfig({
  plugins: [
    vue(),
    openapiPage(here('../server/api/openapi.yaml')),
    budget({
      // kB of gzipped JS + CSS: `shell` is what the page needs to start, `total` adds lazy chunks.
      console: { shell: 90 },
      mobile: { shell: 60 },
      portal: { shell: 40 },
      dash: { shell: 40, total: 240 },
      docs: { shell: 60 },
    }),
    precache({ entry: 'mobile', worker: 'sw.js' }),
    precompress(),
  ],
  resolve: { alias: { '@': here('./src') } },
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Data URLs and the inline polyfill would need holes in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      input: {
        console: here('console.html'),
        mobile: here('mobile.html'),
        dash: here('dash.html'),
        portal: here('portal.html'),
        docs: here('docs.html'),
        sw: here('src/sw/sw.ts'),
      },
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
