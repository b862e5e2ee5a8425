import { readFile } from 'node:fs/promises'
import type { Plugin } from 'vite'
import { parse } from 'yaml'
import { readablePage } from './openapi-model.ts'

const id = 'virtual:openapi'

/** Turns openapi.yaml into the plain model the docs page shows: no YAML parser in the browser. */
export function openapiPage(file: string): Plugin {
  return {
    name: 'hotline-openapi',
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    async load(source) {
      if (source !== `\0${id}`) return undefined
      this.addWatchFile(file)
      const page = readablePage(parse(await readFile(file, 'utf8')))
      return `export default ${JSON.stringify(page)}`
    },
  }
}
