import type { Page } from 'playwright-core'

/** What is done on the page, by its own words: where to go, what to press, what to choose. */
export type Deed =
  { go: string } | { press: string; nth?: number } | { choose: string; value: string }

export interface Painted {
  /** From the deed to the last change that was painted, ms. */
  painted: number
  /** The slowest answer of the server among those it asked for, ms. */
  answered: number
}

/** Run before the page: tells how many questions are still without an answer. */
export const questionsScript = `(() => {
  const ask = globalThis.fetch
  globalThis.openQuestions = 0
  globalThis.fetch = (...of) => {
    globalThis.openQuestions++
    return ask(...of).finally(() => { globalThis.openQuestions-- })
  }
})()`

/**
 * Does it, and waits until every question is answered, what is looked for is there and nothing more
 * changes. Clocks that count down on the page are no change.
 */
export const painted = (page: Page, deed: Deed, shown: string): Promise<Painted> =>
  page.evaluate(
    async ({ deed, shown }) => {
      const world = globalThis as unknown as { openQuestions: number }
      const quiet = 120
      const counts = ({ type, target, addedNodes, removedNodes }: MutationRecord): boolean => {
        const at = target instanceof Element ? target : target.parentElement
        if (!at || at.closest('.ui-countdown, .top__live')) return false
        return type === 'characterData' || addedNodes.length + removedNodes.length > 0
      }
      let changed = 0
      let last = 0
      const watch = new MutationObserver((records) => {
        if (!records.some(counts)) return
        changed = performance.now()
        // A message behind the frame: by then it has been handed on to be shown.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => (last = performance.now())
          port2.postMessage(0)
        })
      })
      watch.observe(document.body, { subtree: true, childList: true, characterData: true })
      performance.clearResourceTimings()
      const began = performance.now()
      if ('go' in deed) location.hash = deed.go
      else if ('press' in deed) {
        const [one] = [...document.querySelectorAll<HTMLElement>(deed.press)].slice(deed.nth ?? 0)
        if (!one) throw new Error(`nothing to press: ${deed.press}`)
        one.click()
      } else {
        const one = document.querySelector<HTMLSelectElement>(deed.choose)
        if (!one) throw new Error(`nothing to choose from: ${deed.choose}`)
        one.value = deed.value
        one.dispatchEvent(new Event('change', { bubbles: true }))
      }
      for (;;) {
        await new Promise(requestAnimationFrame)
        const now = performance.now()
        const still = changed > 0 && last >= changed && now - last > quiet
        if (still && world.openQuestions === 0 && document.querySelector(shown)) break
        if (now - began > 20_000)
          throw new Error(
            `not painted within 20 s: ${shown} by ${JSON.stringify(deed)}, ` +
              `${String(world.openQuestions)} questions open: ${document.body.innerText.slice(0, 300)}`,
          )
      }
      watch.disconnect()
      const answers = performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.includes('/api/'))
        .map((one) => one as PerformanceResourceTiming)
        .map(({ responseEnd, startTime }) => responseEnd - startTime)
      return { painted: last - began, answered: Math.max(0, ...answers) }
    },
    { deed, shown },
  )

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}
