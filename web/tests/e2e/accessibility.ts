import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { until } from './api'

/** To be given to a visit as its script: the page's own policy would refuse it later. */
export const axeScript = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

interface Finding {
  id: string
  impact?: string | null
  nodes: { html: string; failureSummary?: string; target: unknown[] }[]
}

interface Axe {
  run: (
    context: object,
    options: object,
  ) => Promise<{ violations: Finding[]; incomplete: Finding[] }>
}

const told = ({ id, impact, nodes }: Finding): string =>
  `${impact} ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`

/** Serious and critical findings, and contrasts that could not be decided. */
export async function findings(page: Page): Promise<string[]> {
  // What fades in has no contrast yet.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((one) => one.finished)))
  const { violations, incomplete } = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe }
    // A picture is judged by its name; its parts are no elements of the page, and what a text in a
    // drawing stands on cannot be worked out. The colours themselves: styles/contrast.test.ts.
    const page = { exclude: [['[role=img] svg']] }
    const found = await axe.run(page, { resultTypes: ['violations', 'incomplete'] })
    // What is scrolled out of sight in a box of its own stands, to a ruler, on whatever lies there.
    const inSight = (selector: unknown): boolean => {
      const one = typeof selector === 'string' ? document.querySelector(selector) : null
      const { top, bottom, left, right } = one?.getBoundingClientRect() ?? new DOMRect()
      for (let at = one?.parentElement; at; at = at.parentElement) {
        if (getComputedStyle(at).overflow === 'visible') continue
        const box = at.getBoundingClientRect()
        if (bottom > box.bottom || top < box.top || right > box.right || left < box.left)
          return false
      }
      return true
    }
    const incomplete = found.incomplete.map((finding) => ({
      ...finding,
      nodes: finding.nodes.filter(({ target }) => inSight(target[0])),
    }))
    return { violations: found.violations, incomplete }
  })
  return [
    ...violations.filter(({ impact }) => impact === 'serious' || impact === 'critical'),
    ...incomplete.filter(({ id, nodes }) => id === 'color-contrast' && nodes.length > 0),
  ].map(told)
}

/** How far the page can be pushed sideways, CSS px. */
export const overhang = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** What sticks out of the page to the right and is in nothing that scrolls by itself. */
const widest = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const scrolls = (one: Element): boolean => {
      for (let at = one.parentElement; at && at !== document.body; at = at.parentElement)
        if (getComputedStyle(at).overflowX !== 'visible') return true
      return false
    }
    const out = [...document.querySelectorAll('body *')].filter(
      (one) =>
        one.getBoundingClientRect().right > document.documentElement.clientWidth + 1 &&
        !scrolls(one),
    )
    const outermost = out.filter(
      (one) => !out.some((other) => one !== other && other.contains(one)),
    )
    return outermost
      .slice(0, 5)
      .map(
        (one) => `${one.tagName}.${one.className}: ${one.textContent?.trim().slice(0, 60) ?? ''}`,
      )
  })

/** 39: at 320 px, and at 200 % zoom of a usual window (which is 640 px), nothing has to be pushed sideways. */
export async function fitsNarrow(
  page: Page,
  screen: string,
  widths: readonly number[] = [640, 320],
): Promise<void> {
  const size = page.viewportSize()
  for (const width of widths) {
    await page.setViewportSize({ width, height: 640 })
    // A chart takes its new size a moment after the page has it.
    await until(
      () => overhang(page),
      (pixels) => pixels === 0,
      2,
    ).catch(() => undefined)
    const pushed = await overhang(page)
    const by = pushed > 0 ? `, by ${(await widest(page)).join('; ')}` : ''
    expect.soft(pushed, `39: ${screen} at ${width} px${by}`).toBe(0)
  }
  if (size) await page.setViewportSize(size)
}
