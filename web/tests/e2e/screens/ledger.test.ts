import { describe, expect, it } from 'vitest'
import type { components } from '../../../src/shared/api/schema'
import { axeScript } from '../accessibility'
import { clientOf } from '../api'
import { logIn } from '../people'
import { useBrowser, type Viewport } from '../session'
import { judge, languages } from './judge'

type Kpi = components['schemas']['Kpi']
type Tickets = components['schemas']['KpiTickets']

const visit = useBrowser()
const wide: Viewport = { width: 1920, height: 1080 }

const words = {
  'zh-CN': {
    tabs: ['全部指标', '记分排名', '时间去向', '已发布'],
    rate: '按时签收率',
    publish: '发布',
  },
  en: {
    tabs: ['All rates', 'Scores', 'Where the time went', 'Published'],
    rate: 'On-time signing rate',
    publish: 'Publish',
  },
} as const

describe('the ledger behind the board', () => {
  it.each(languages)('is accessible and wholly in %s', async (language) => {
    const said = words[language === 'zh-CN' ? 'zh-CN' : 'en']
    const { page } = await visit({ viewport: wide, locale: language, script: axeScript })
    const look = judge(page, 'dash', language)
    await logIn(page, '/dash', 'manager')
    await page.locator('.board__rates').waitFor()
    await page.locator('.rate__behind', { hasText: said.rate }).first().click()
    await page.locator('.behind .ui-tabs__panel').waitFor()
    await page.locator('.behind .quiet').first().waitFor()
    await look('rate-basis')
    await page.keyboard.press('Escape')
    for (const [i, tab] of said.tabs.entries()) {
      await page.getByRole('tab', { name: tab }).click()
      await page.locator('.board__tables .ui-tabs__panel > :not(.ui-spinner)').first().waitFor()
      await page.locator('.board__tables .ui-spinner').waitFor({ state: 'detached' })
      await look(`ledger-${i + 1}`)
    }
    await page.getByRole('button', { name: said.publish, exact: true }).waitFor()
  })

  it('lists as many tickets behind a rate as its counts say', async () => {
    const manager = await clientOf('manager')
    const kpi = await manager.get<Kpi>('/kpi')
    const rate = kpi.rates.find(({ code }) => code === 'on_time_sign_rate')
    expect(rate).toBeDefined()
    const query = `from=${kpi.from}&to=${kpi.to}&limit=500`
    for (const side of ['numerator', 'denominator'] as const) {
      const told = await manager.get<Tickets>(
        `/kpi/on_time_sign_rate/tickets?${query}&side=${side}`,
      )
      expect(told.total).toBeGreaterThanOrEqual(rate?.[side] ?? 0) // appeals may come in between
      const listed = told.items.reduce((sum, { times }) => sum + times, 0)
      if (!told.next_cursor) expect(listed).toBe(told.total)
    }
  })

  it('refuses to publish a period that is not settled, with a sentence', async () => {
    const { page, expectRefusal } = await visit({ viewport: wide })
    expectRefusal(409, '/api/v1/kpi/frozen')
    await logIn(page, '/dash', 'manager')
    await page.getByRole('tab', { name: '已发布' }).click()
    await page.getByLabel('到', { exact: true }).last().fill('2026-11-20')
    await page.getByLabel('从', { exact: true }).last().fill('2026-11-01')
    await page.getByRole('button', { name: '发布', exact: true }).click()
    await page.getByText('数据尚未稳定').waitFor()
  })

  it('publishes last year, shows it and reckons it anew', async () => {
    const { page } = await visit({ viewport: wide })
    await logIn(page, '/dash', 'manager')
    await page.getByRole('tab', { name: '已发布' }).click()
    const day = String(1 + Math.floor(Math.random() * 28)).padStart(2, '0')
    await page
      .getByLabel('从', { exact: true })
      .last()
      .fill(`2025-0${1 + Math.floor(Math.random() * 6)}-${day}`)
    await page.getByLabel('到', { exact: true }).last().fill('2025-12-31')
    await page.getByLabel('更正理由').fill('演练')
    await page.getByRole('button', { name: '发布', exact: true }).click()
    const first = page.locator('.period').first()
    await first.waitFor()
    await first.getByRole('button', { name: '重新核算' }).click()
    await first.getByText('全部一致').waitFor()
    await first.getByRole('button', { name: '查看数字' }).click()
    await first.locator('table').waitFor()
  })
})
