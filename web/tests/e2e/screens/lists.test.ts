import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { TicketSummary } from '../../../src/shared/ticket/types'
import { axeScript } from '../accessibility'
import { clientOf, submitAppeal, until, type Client } from '../api'
import { useBrowser } from '../session'
import { shoot } from '../screenshots'
import { enterConsole, openTicket } from '../steps/console'
import { judge } from './judge'

const visit = useBrowser()

/** What nobody else files: the lists of other tests stay out of this one. */
const rare = `验秤${String(Date.now() % 100_000)}`

async function appeal(n: number): Promise<string> {
  const { ticket_no } = await submitAppeal({
    content: `${rare}：富平县我公司门口的公共地磅第 ${String(n)} 次称重不准，请来校验。`,
    division: '610528',
    appellant: { phone: `1399137${String(1000 + n)}`, name: '周洁' },
  })
  return ticket_no
}

/** Filed, routed and found: a search knows of them a moment later. */
async function settled(count: number, numbers: readonly string[]): Promise<Client> {
  const reader = await clientOf('supervisor')
  for (const number of numbers)
    await until(
      () => reader.ticket(number),
      ({ state }) => state !== 'accepted',
    )
  const path = `/tickets?q=${encodeURIComponent(rare)}`
  await until(
    () => reader.get<{ items: unknown[] }>(path),
    ({ items }) => items.length >= count,
  )
  return reader
}

const selected = (page: Page) => page.locator('.ui-grid__row--selected')
const dialog = (page: Page) => page.locator('dialog[open]')

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await dialog(page).waitFor({ state: 'detached' })
}

/** Where the focus stands, and whether it can be seen there: not under anything, and ringed. */
const focusHidden = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement
    if (!(element instanceof HTMLElement) || !element.closest('.ticket')) return ''
    const { left, top, width, height } = element.getBoundingClientRect()
    const seen = document.elementFromPoint(left + width / 2, top + height / 2)
    const covered = seen !== null && !element.contains(seen) && !seen.contains(element)
    const ring = parseFloat(getComputedStyle(element).outlineWidth) >= 2
    return covered || !ring
      ? `${element.tagName} ${element.textContent.slice(0, 30)} under ${seen?.className ?? ''}`
      : ''
  })

describe('the lists of the console', () => {
  it('9, 10, 12: are driven by keys, and stand still under whoever works in them', async () => {
    const numbers = await Promise.all([1, 2, 3].map(appeal))
    await settled(3, numbers)
    const { page } = await visit({ script: axeScript })
    await enterConsole(page, 'supervisor')
    await page.locator('.nav').getByText('全部工单').click()
    await page.locator('.ui-grid__row').nth(2).waitFor()

    // 9: switched off they are quiet; in a field they are text; they are listed where they are switched.
    await page.keyboard.press('?')
    await dialog(page).getByText('标记这一行').waitFor()
    await dialog(page).getByRole('checkbox').uncheck()
    await closeDialog(page)
    await page.locator('.ui-grid').focus()
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    expect(await selected(page).count()).toBe(0)
    await page.getByRole('button', { name: '快捷键' }).click()
    await dialog(page).getByRole('checkbox').check()
    await closeDialog(page)
    await page.keyboard.press('/')
    await page.keyboard.type('jx?n')
    expect(await page.locator('.filters__q input').inputValue()).toBe('jx?n')
    expect(await dialog(page).count()).toBe(0)
    await page.locator('.filters__q input').fill(rare)
    await page.keyboard.press('Enter')
    await until(
      () => page.locator('.ui-grid__row').count(),
      (count) => count === 3,
    )

    // 10: down, into the ticket, to the next one, back to where one was; the focus is always seen.
    await page.locator('.ui-grid').focus()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.locator('.ticket__acts').waitFor()
    const opened = new URL(page.url()).hash
    await page.keyboard.press('j')
    await page.waitForFunction((was) => location.hash !== was, opened)
    await page.locator('.ticket__acts').waitFor()
    const hidden: string[] = []
    for (let press = 0; press < 40; press++) {
      await page.keyboard.press('Tab')
      hidden.push(await focusHidden(page))
    }
    for (let press = 0; press < 20; press++) {
      await page.keyboard.press('Shift+Tab')
      hidden.push(await focusHidden(page))
    }
    expect(hidden.filter((one) => one !== '')).toEqual([])
    const second = new URL(page.url()).hash.split('/').at(-1) ?? ''
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await page.keyboard.press('u')
    await selected(page).waitFor()
    expect(await selected(page).textContent()).toContain(second)

    // 12: what comes is counted; the row stays under the hand until one asks for it.
    await page.locator('.nav').getByText('全部工单').click()
    await page.getByRole('button', { name: '清除筛选' }).click()
    await page.locator('.ui-grid__row').nth(1).waitFor()
    await page.locator('.ui-grid').focus()
    await page.keyboard.press('j')
    const before = await selected(page).boundingBox()
    const words = await selected(page).textContent()
    const newcomer = await appeal(4)
    await page.locator('.list__chip').getByRole('button').waitFor()
    expect(await page.locator('.list__chip').textContent()).toMatch(/\d+ 条新工单/)
    expect(await selected(page).boundingBox()).toEqual(before)
    expect((await selected(page).textContent())?.slice(-12)).toBe(words?.slice(-12))
    await page.keyboard.press('.')
    await page.locator('.ui-grid__row', { hasText: newcomer }).waitFor()
    await page.keyboard.press('n')
    await page.waitForFunction(() => location.hash === '#/desk')
  })

  it('are kept as views, act on what is marked once, and are reached by a few letters', async () => {
    const numbers = (await Promise.all([5, 6, 7].map(appeal))).sort()
    const reader = await settled(3, numbers)
    const { page } = await visit({ script: axeScript })
    const look = judge(page, 'console', 'zh-CN')
    await enterConsole(page, 'supervisor')
    await page.keyboard.press('Control+k')
    await dialog(page).locator('input:focus').waitFor()
    await page.keyboard.type('qb')
    await dialog(page).getByRole('option', { name: '全部工单' }).waitFor()
    await look('palette')
    await page.keyboard.type('gd')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => location.hash === '#/lists/all')
    await dialog(page).waitFor({ state: 'detached' })
    await page.locator('.ui-grid__row').first().waitFor()
    await page.locator('.filters__q input').fill(rare)
    await page.keyboard.press('Enter')
    await page.locator('.ui-grid__row', { hasText: numbers[2] ?? '' }).waitFor()

    // Three rows, one act, one event each.
    await page.locator('.ui-grid__row', { hasText: numbers[2] ?? '' }).click()
    await page.keyboard.press('x')
    await page
      .locator('.ui-grid__row', { hasText: numbers[0] ?? '' })
      .click({ modifiers: ['Shift'] })
    await page.getByText('已标记 3 张').waitFor()
    await shoot(page, 'console-marked-zh')
    await page.keyboard.press('b')
    await dialog(page).getByRole('button', { name: '内部备注', exact: true }).waitFor()
    await look('bulk')
    await dialog(page).getByRole('button', { name: '内部备注', exact: true }).click()
    await dialog(page).getByRole('textbox').fill('三次称重已一并转计量所。')
    await dialog(page).getByRole('button', { name: '提交' }).dblclick()
    await dialog(page).getByText('已办 3 / 3').waitFor()
    await look('bulk-done')
    await dialog(page).getByRole('button', { name: '关闭' }).last().click()
    for (const number of numbers) {
      const log = await reader.get<{ items: { act: string }[] }>(`/tickets/${number}/events`)
      expect([number, log.items.filter(({ act }) => act === 'note').length]).toEqual([number, 1])
    }
    await page.getByText('已标记').waitFor({ state: 'detached' })

    // A view, given to a role, with its columns; it is there again after a reload.
    await page.getByRole('button', { name: '清除筛选' }).click()
    await page.getByLabel('区县').selectOption('610528')
    await page.getByRole('button', { name: '保存视图' }).click()
    await dialog(page).getByLabel('视图名称').fill(`富平${rare}`)
    await dialog(page).getByLabel('共享给').selectOption('dispatcher')
    await look('view')
    await dialog(page).getByRole('button', { name: '保存' }).click()
    const link = page.locator('.nav__link--view', { hasText: rare })
    await link.locator('.nav__count').waitFor()
    await page.getByRole('button', { name: '列', exact: true }).click()
    await look('columns')
    await dialog(page).getByRole('checkbox', { name: '工单号' }).uncheck()
    await dialog(page).getByRole('button', { name: '保存' }).click()
    await dialog(page).waitFor({ state: 'detached' })
    await page.reload()
    await link.locator('.nav__count').waitFor()
    await page.locator('.ui-grid__row').first().waitFor()
    const heads = (await page.locator('[role=columnheader]').allTextContents()).join('|')
    expect(heads).toContain('标题')
    expect(heads).not.toContain('工单号')
    const mate = await clientOf('dispatcher')
    const given = await mate.get<{ items: { name: string }[] }>('/me/views')
    expect(given.items.map(({ name }) => name)).toContain(`富平${rare}`)
    await page.getByRole('button', { name: '更改视图' }).click()
    await dialog(page).getByRole('button', { name: '删除视图' }).click()
    await link.waitFor({ state: 'detached' })

    // 40: on paper its number, state and limits; nothing to press or to go to.
    await openTicket(page, numbers[0] ?? '')
    await look('ticket-glance')
    await page.emulateMedia({ media: 'print' })
    await shoot(page, 'console-print-zh', { whole: true })
    expect(await page.locator('.paper__number').textContent()).toBe(numbers[0])
    expect(await page.locator('.paper').isVisible()).toBe(true)
    expect(await page.getByRole('navigation').count()).toBe(0)
    expect(await page.locator('.ticket button:visible').count()).toBe(0)
    expect(await page.locator('.card', { hasText: '办理经过' }).isVisible()).toBe(true)
  })

  it('11: show ten thousand rows in fewer than sixty, and scroll', async () => {
    const { page, context } = await visit()
    await enterConsole(page, 'supervisor')
    const items = Array.from({ length: 10_000 }, (_, n): TicketSummary => {
      const at = new Date(Date.UTC(2026, 10, 23) - n * 60_000).toISOString()
      return {
        ticket_no: `WN20261123${String(99_999_999 - n)}`,
        version: 1,
        state: 'handling',
        title: `第 ${String(n)} 张`,
        type: 'help',
        topic: '用电',
        urgency: n % 7 === 0 ? 'urgent' : 'normal',
        channel: 'web',
        accepted_at: at,
        next_due_at: at,
        next_clock: 'handle',
        next_clock_unit: 'working',
        round: 1,
      }
    })
    await page.route('**/api/v1/tickets?*', (route) =>
      route.fulfill({ json: { items, total: items.length } }),
    )
    await page.locator('.nav').getByText('全部工单').click()
    await page.locator('.ui-grid__row').nth(5).waitFor()
    const throttled = await context.newCDPSession(page)
    await throttled.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    const { frames, seconds, most } = await page.evaluate(async () => {
      const grid = document.querySelector('.ui-grid') as HTMLElement
      const frame = () => new Promise(requestAnimationFrame)
      let [count, rows] = [0, 0]
      const begin = performance.now()
      for (; performance.now() - begin < 1500; count++) {
        grid.scrollTop += 120
        await frame()
        rows = Math.max(rows, grid.querySelectorAll('.ui-grid__row').length)
      }
      grid.scrollTop = grid.scrollHeight
      await frame()
      await frame()
      return { frames: count, seconds: (performance.now() - begin) / 1000, most: rows }
    })
    console.log(
      `11: ${(frames / seconds).toFixed(0)} frames/s at a quarter of the CPU, ${String(most)} rows`,
    )
    expect(most).toBeLessThan(60)
    expect(frames / seconds).toBeGreaterThan(3)
    await page.locator('.ui-grid__row', { hasText: '第 9999 张' }).waitFor()
  })
})
