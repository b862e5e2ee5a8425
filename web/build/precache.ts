import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { bytesOf, filesOf } from './bundle-closure.ts'

/** Tells the service worker which files are the shell of one app, and a version of that set. */
export function precache(options: { entry: string; worker: string }): Plugin {
  let outDir = ''
  return {
    name: 'hotline-precache',
    apply: 'build',
    configResolved(config) {
      outDir = join(config.root, config.build.outDir)
    },
    async writeBundle(_options, bundle) {
      const shell = [...filesOf(bundle, options.entry, true), `${options.entry}.html`].sort()
      const hash = createHash('sha256')
      for (const file of shell) hash.update(file).update(bytesOf(bundle[file]))
      const list = {
        version: hash.digest('hex').slice(0, 12),
        files: shell.map((file) => (file.endsWith('.html') ? `/${options.entry}` : `/${file}`)),
      }
      const path = join(outDir, options.worker)
      const code = await readFile(path, 'utf8')
      const filled = code.replace(/["'`]__SHELL__["'`]/, JSON.stringify(JSON.stringify(list)))
      if (filled === code) this.error(`${options.worker} has no place for the shell list`)
      await writeFile(path, filled)
    },
  }
}
