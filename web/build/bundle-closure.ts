import type { Rolldown } from 'vite'

type Bundle = Rolldown.OutputBundle
type Chunk = Rolldown.OutputChunk

const isChunk = (item: Bundle[string] | undefined): item is Chunk => item?.type === 'chunk'

export function entryChunk(bundle: Bundle, entry: string): Chunk | undefined {
  return Object.values(bundle)
    .filter(isChunk)
    .find((chunk) => chunk.isEntry && chunk.name === entry)
}

/** Files (JS and CSS) a page loads to start, or with `lazy` also what it may load later. */
export function filesOf(bundle: Bundle, entry: string, lazy: boolean): Set<string> {
  const files = new Set<string>()
  const visit = (name: string): void => {
    const item = bundle[name]
    if (files.has(name) || !isChunk(item)) return
    files.add(name)
    for (const css of item.viteMetadata?.importedCss ?? []) files.add(css)
    item.imports.forEach(visit)
    if (lazy) item.dynamicImports.forEach(visit)
  }
  const start = entryChunk(bundle, entry)
  if (start) visit(start.fileName)
  return files
}

export function bytesOf(item: Bundle[string] | undefined): Buffer {
  if (!item) return Buffer.alloc(0)
  return Buffer.from(item.type === 'chunk' ? item.code : item.source)
}
