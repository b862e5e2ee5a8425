import { describe, expect, it } from 'vitest'
import css from './tokens.css?raw'

function tokens(selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`))
  const body = block.slice(0, block.indexOf('}'))
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((m) => [m[1] ?? '', m[2] ?? '']),
  )
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const surfaces = ['paper', 'surface', 'sunken', 'brand-soft']
const pairs = [
  ...['ink', 'ink-soft', 'brand'].flatMap((text) => surfaces.map((on) => [text, on] as const)),
  ...['ok', 'warn', 'bad', 'info'].flatMap((tone) =>
    ['paper', 'surface', `${tone}-soft`].map((on) => [tone, on] as const),
  ),
  ['on-brand', 'brand'],
  ['on-brand', 'brand-strong'],
  ['brand-strong', 'surface'],
] as const

describe.each([':root', ":root[data-theme='dark']", ":root[data-theme='contrast']"])(
  'colours of %s',
  (selector) => {
    const set = tokens(selector)

    it.each(pairs)('%s reads on %s (4.5:1)', (text, on) => {
      expect(contrast(set[text] ?? '', set[on] ?? '')).toBeGreaterThanOrEqual(4.5)
    })

    it.each(surfaces)('10: control borders and focus show on %s (3:1)', (on) => {
      expect(contrast(set['line-strong'] ?? '', set[on] ?? '')).toBeGreaterThanOrEqual(3)
      expect(contrast(set['focus'] ?? '', set[on] ?? '')).toBeGreaterThanOrEqual(3)
    })
  },
)
