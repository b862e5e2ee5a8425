import { parse } from 'acorn'
import type { Plugin } from 'vite'

/**
 * The portal is for whatever telephone an owner has: Chromium 80, the first that reads ES2020. The syntax is Vite's to lower; what it
 * leaves is looked for here, and fails the build.
 */

/** Globals that came after it. */
const globals = new Set(['AggregateError', 'FinalizationRegistry', 'WeakRef', 'structuredClone'])
/** Methods that did. */
const methods = new Set([
  'Segmenter',
  'at',
  'checkVisibility',
  'findLast',
  'findLastIndex',
  'fromAsync',
  'groupBy',
  'hasOwn',
  'randomUUID',
  'replaceAll',
  'replaceChildren',
  'showPicker',
  'toReversed',
  'toSorted',
  'toSpliced',
  'withResolvers',
])

interface Node {
  type: string
  [key: string]: unknown
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string'

const nameOf = (node: unknown): string | undefined =>
  isNode(node) && node.type === 'Identifier' && typeof node['name'] === 'string'
    ? node['name']
    : undefined

/** `typeof x.name === 'function'` is how code asks whether it is there. */
const asks = (node: Node): boolean =>
  node.type === 'UnaryExpression' && node['operator'] === 'typeof'

/**
 * What a chunk uses that is newer. A method that stands in for one of the same name (as Vue's arrays do) is not called by itself; a
 * name that is asked for by typeof has its other way.
 */
export function newerNames(code: string): string[] {
  const found = new Set<string>()
  const asked = new Set<string>()
  const visit = (value: unknown, within: readonly string[]): void => {
    if (Array.isArray(value)) {
      for (const one of value) visit(one, within)
      return
    }
    if (!isNode(value)) return
    if (asks(value)) {
      const argument = value['argument']
      const name = nameOf(argument) ?? (isNode(argument) ? nameOf(argument['property']) : undefined)
      if (name) asked.add(name)
      return
    }
    const called = value.type === 'CallExpression' || value.type === 'NewExpression'
    const callee = called ? value['callee'] : undefined
    const alone = nameOf(callee)
    if (alone && globals.has(alone)) found.add(alone)
    const member =
      isNode(callee) && callee['computed'] !== true ? nameOf(callee['property']) : undefined
    if (member && methods.has(member) && !within.includes(member)) found.add(member)
    const method = value.type === 'Property' ? nameOf(value['key']) : undefined
    const inside = method ? [...within, method] : within
    for (const part of Object.values(value)) visit(part, inside)
  }
  visit(parse(code, { ecmaVersion: 2020, sourceType: 'module' }), [])
  return [...found].filter((name) => !asked.has(name)).sort()
}

/** Rules whose loss would break a layout; what only adorns (`:has`, `accent-color`, `dvh`) is dropped without harm. */
const newerCss = [
  /@(?:container|layer|scope|starting-style)\b/,
  /[;{}]\s*&/,
  /(?<![\w-])(?:aspect-ratio|inset|inset-inline|inset-block|inset-(?:inline|block)-(?:start|end))\s*:/,
  /(?<![\w-])(?:padding|margin)-(?:inline|block)\s*:/,
  /:(?:is|where)\(/,
  /\bcolor-mix\(/,
  /\((?:width|height)\s*[<>=]/,
]

export const newerRules = (css: string): string[] =>
  newerCss.flatMap((rule) => rule.exec(css)?.[0] ?? [])

/** `a b` → [a, b]; blanks within brackets divide nothing. */
function parts(value: string): string[] {
  const all: string[] = []
  let depth = 0
  let one = ''
  for (const character of value.trim()) {
    if (character === '(') depth++
    if (character === ')') depth--
    if (depth === 0 && /\s/.test(character)) {
      if (one) all.push(one)
      one = ''
    } else one += character
  }
  return one ? [...all, one] : all
}

/** Chromium 80 knows `padding-inline-start`, but not `padding-inline` for both. */
export const withLonghands = (css: string): string =>
  css.replace(
    /(?<![\w-])(padding|margin)-(inline|block)\s*:\s*([^;{}]+)/g,
    (_all, side: string, way: string, value: string) => {
      const [first = '', second = first] = parts(value)
      return `${side}-${way}-start: ${first}; ${side}-${way}-end: ${second}`
    },
  )

export function oldBrowsers(): Plugin[] {
  return [
    {
      name: 'hotline-css-longhands',
      apply: 'build',
      enforce: 'pre',
      transform(code, id) {
        if (/\.css(?:$|\?)|lang\.css/.test(id)) return { code: withLonghands(code), map: null }
        return undefined
      },
    },
    {
      name: 'hotline-old-browsers',
      apply: 'build',
      writeBundle(_options, bundle) {
        const wrong = Object.entries(bundle).flatMap(([file, item]) => {
          const found =
            item.type === 'chunk'
              ? newerNames(item.code)
              : file.endsWith('.css')
                ? newerRules(String(item.source))
                : []
          return found.map((one) => `${file}: ${one}`)
        })
        if (wrong.length > 0)
          this.error(`newer than the oldest browser of this page\n${wrong.join('\n')}`)
      },
    },
  ]
}
