import { describe, expect, it } from 'vitest'
import tokenSheet from './tokens.css?raw'

type Colour = readonly [number, number, number]

function tokens(css: string, selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(selector))
  const body = block.slice(block.indexOf('{'), block.indexOf('}'))
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((m) => [m[1] ?? '', m[2] ?? '']),
  )
}

const linear = (part: number): number =>
  part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
const rgb = (hex: string): Colour =>
  [1, 3, 5].map((at) => linear(parseInt(hex.slice(at, at + 2), 16) / 255)) as unknown as Colour

type Matrix = readonly [Colour, Colour, Colour]
const times = (matrix: Matrix, [r, g, b]: Colour): Colour =>
  matrix.map(([x, y, z]) => Math.min(1, Math.max(0, x * r + y * g + z * b))) as unknown as Colour

/** Machado, Oliveira and Fernandes (2009), severity 1, for linear light. */
const eyes: Record<string, Matrix> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
}

/** CIE L*a*b* for D65, whose distances are those the eye sees (CIE76). */
function lab([r, g, b]: Colour): Colour {
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116)
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505)
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b)
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

const distance = (a: Colour, b: Colour): number =>
  Math.hypot(...lab(a).map((part, i) => part - (lab(b)[i] ?? 0)))

const themes = [
  { name: 'light', selector: ':root' },
  { name: 'dark', selector: ":root[data-theme='dark']" },
]
/** Colours that stand side by side and mean different things; a sign or a word stands with each of them as well. */
const pairs = [
  ['ok', 'bad'],
  ['ok', 'warn'],
  ['warn', 'bad'],
] as const

describe.each(Object.keys(eyes))('33: with %s', (kind) => {
  describe.each(themes)('in the $name theme', ({ selector }) => {
    const set = tokens(tokenSheet, selector)
    const seen = (name: string): Colour => times(eyes[kind] as Matrix, rgb(set[name] ?? ''))

    it.each(pairs)('%s and %s are told apart', (a, b) => {
      // 2.3 is just noticeable; ten is plain at a glance.
      expect(distance(seen(a), seen(b))).toBeGreaterThan(10)
    })
  })
})
