import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'
import { bytesOf, filesOf } from './bundle-closure.ts'

export interface Budget {
  shell: number
  total?: number
}

/** Fails the build when a page outgrows its budget (kB of gzipped JS + CSS). */
export function budget(budgets: Record<string, Budget>): Plugin {
  return {
    name: 'hotline-budget',
    apply: 'build',
    writeBundle(_options, bundle) {
      const kilobytes = (entry: string, lazy: boolean): number =>
        [...filesOf(bundle, entry, lazy)]
          .map((file) => gzipSync(bytesOf(bundle[file]), { level: 9 }).length)
          .reduce((sum, size) => sum + size, 0) / 1000

      const over: string[] = []
      for (const [entry, limit] of Object.entries(budgets)) {
        const shell = kilobytes(entry, false)
        const total = kilobytes(entry, true)
        const cap = limit.total === undefined ? '' : ` of ${limit.total}`
        console.info(
          `${entry}: shell ${shell.toFixed(1)} of ${limit.shell} kB, with lazy parts ${total.toFixed(1)}${cap} kB`,
        )
        if (shell === 0) over.push(`${entry}: entry not found`)
        if (shell > limit.shell)
          over.push(`${entry}: shell ${shell.toFixed(1)} > ${limit.shell} kB`)
        if (limit.total !== undefined && total > limit.total)
          over.push(`${entry}: total ${total.toFixed(1)} > ${limit.total} kB`)
      }
      if (over.length > 0) this.error(`size budget exceeded\n${over.join('\n')}`)
    },
  }
}
