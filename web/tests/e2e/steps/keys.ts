import type { Page } from 'playwright-core'

/** A keyboard that writes down every key it presses; text is typed, and counts as none. */
export function recordedKeys(page: Page) {
  const pressed: string[] = []
  return {
    pressed: pressed as readonly string[],
    async press(...keys: string[]): Promise<void> {
      for (const key of keys) {
        pressed.push(key)
        await page.keyboard.press(key)
      }
    },
    type: (text: string): Promise<void> => page.keyboard.type(text),
  }
}

/** The moment, as the page's clock has it, at which what is looked for has been painted. */
export const paintedAt = (page: Page, selector: string, text: string): Promise<number> =>
  page.evaluate(
    async ([where, what]) => {
      const there = () =>
        [...document.querySelectorAll(where)].some((one) => one.textContent?.includes(what))
      if (!there())
        await new Promise<void>((done) => {
          const watch = new MutationObserver(() => {
            if (!there()) return
            watch.disconnect()
            done()
          })
          watch.observe(document.body, {
            ...{ subtree: true, childList: true },
            ...{ characterData: true, attributes: true },
          })
        })
      // The frame that shows it has been handed on when the one after it begins.
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
      return Date.now()
    },
    [selector, text] as const,
  )

/** Of ten and more; the figure that one in twenty is above. */
export function percentile95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0
}
