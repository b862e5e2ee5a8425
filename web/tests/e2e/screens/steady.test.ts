import { describe, expect, it } from 'vitest'
import { logIn } from '../people'
import { phone, useBrowser } from '../session'

const visit = useBrowser()

/** Adds up what moved by itself; what follows a press does not count. */
const watchShifts = `globalThis.shifted = 0
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) globalThis.shifted += one.value
}).observe({ type: 'layout-shift', buffered: true })`

describe('39: nothing moves by itself', () => {
  it.each([
    ['portal', '/', ''],
    ['console', '/console', 'supervisor'],
    ['dash', '/dash', 'manager'],
    ['mobile', '/mobile', 'official02'],
  ])('while %s is loaded', async (app, path, who) => {
    const { page } = await visit({
      script: watchShifts,
      ...(app === 'portal' || app === 'mobile' ? { viewport: phone } : {}),
    })
    if (who) await logIn(page, path, who)
    await page.goto(path)
    await page.locator('main').getByRole('heading').first().waitFor()
    await page.waitForLoadState('networkidle')
    const shifted = await page.evaluate(
      () => (globalThis as unknown as { shifted: number }).shifted,
    )
    console.info(`${app}: layout shift ${shifted.toFixed(3)}`)
    expect(shifted).toBeLessThan(0.1)
  })
})
