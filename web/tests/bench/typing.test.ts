import type { Page } from 'playwright-core'
import { it } from 'vitest'
import { logIn } from '../e2e/people'
import { desk, useBrowser } from '../e2e/session'
import { percentile } from './paint'

const visit = useBrowser()

// Sixteen characters a second: twice as fast as anybody writes.
const betweenKeys = 60
const words =
  '富平县庄里镇我公司厂区频繁停电，今天上午供电断了三次，电炉里的铁水凝住了，请尽快安排抢修并说明原因。' +
  '变压器容量不够，增容申请递交两个月没有人到现场勘查。'

interface Frames {
  perSecond: number
  /** Between two frames, ms. */
  gaps: number[]
}

/** The frames of the page while something is done. */
async function framesWhile(page: Page, deed: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const world = globalThis as unknown as {
      frames: number[]
      counting: boolean
      count?: number
    }
    world.frames = []
    world.counting = true
    // The loop of an earlier count ends with it.
    const mine = (world.count = (world.count ?? 0) + 1)
    const next = (at: number): void => {
      if (world.count !== mine) return
      world.frames.push(at)
      if (world.counting) requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
  })
  await deed()
  const at = await page.evaluate(() => {
    const world = globalThis as unknown as { frames: number[]; counting: boolean }
    world.counting = false
    return world.frames
  })
  const gaps = at.slice(1).map((one, n) => one - (at[n] ?? 0))
  const lasted = (at.at(-1) ?? 0) - (at[0] ?? 0)
  return { perSecond: ((at.length - 1) * 1000) / lasted, gaps }
}

it('typing into the form of a call', async () => {
  const { context, page } = await visit({ viewport: desk })
  await logIn(page, '/console', 'agent')
  await page.locator('#draft-content').waitFor()
  const session = await context.newCDPSession(page)
  for (const rate of [1, 4]) {
    await session.send('Emulation.setCPUThrottlingRate', { rate })
    await page.locator('#draft-content').fill('')
    const rest = await framesWhile(page, () => page.waitForTimeout(1000))
    const { perSecond, gaps } = await framesWhile(page, async () => {
      for (const letter of words.repeat(2)) {
        await page.keyboard.insertText(letter)
        await page.waitForTimeout(betweenKeys)
      }
    })
    console.log(
      `typing with ${rate === 1 ? 'the whole CPU' : 'a quarter of the CPU'}: ` +
        `${perSecond.toFixed(1)} frames/s (at rest ${rest.perSecond.toFixed(1)}), ` +
        `99 of 100 within ${percentile(gaps, 0.99).toFixed(0)} ms, ` +
        `the longest ${Math.max(...gaps).toFixed(0)} ms`,
    )
  }
})
