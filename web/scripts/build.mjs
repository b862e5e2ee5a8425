// Builds every page, one after the other, into dist/; `node scripts/build.mjs portal` only that one.
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const all = ['console', 'mobile', 'dash', 'portal', 'docs']
const wanted = process.argv.slice(2)

if (wanted.length === 0) rmSync(`${root}/dist`, { recursive: true, force: true })
for (const page of wanted.length > 0 ? wanted : all) {
    if (!all.includes(page)) throw new Error(`no such page: ${page}`)
    process.env.HOTLINE_PAGE = page
    await build({ root, logLevel: 'warn' })
}
