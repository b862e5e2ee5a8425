import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { components } from '../../../src/shared/api/schema'
import { axeScript, fitsNarrow } from '../accessibility'
import { clientOf, submitAppeal, until } from '../api'
import { logIn } from '../people'
import { useBrowser, type Viewport } from '../session'
import { shoot } from '../screenshots'
import { runOut } from '../steps/arrange'
import { closedTicket } from '../steps/closed'
import { breakable } from '../steps/line'
import { judge, languages } from './judge'

type Schemas = components['schemas']
type Kpi = Schemas['Kpi']

const visit = useBrowser()

const wide: Viewport = { width: 1920, height: 1080 }
const digits = (text: string): string => text.replace(/[^\d./%]/g, '')

/** A tile by its name: its value and, for a rate, what was divided by what. */
const tile = (page: Page, name: string) => {
  const box = page.locator('.board__rates .rate', {
    has: page.locator('.rate__name', { hasText: new RegExp(`^${name}$`) }),
  })
  return { value: box.locator('.rate__value'), sum: box.locator('.rate__sum').first() }
}

const wall: readonly Viewport[] = [wide, { width: 3840, height: 1080 }]

/** 32: on a wall nobody scrolls, nothing is too small, and no third of it is empty. */
async function hangsOnTheWall(page: Page): Promise<void> {
  for (const size of wall) {
    await page.setViewportSize(size)
    await shoot(page, `dash-wall-${size.width}-zh`)
    const seen = await page.evaluate(() => {
      const root = document.documentElement
      const texts = [...document.querySelectorAll('body *')].filter(
        (one) =>
          one.checkVisibility() &&
          one.getBoundingClientRect().width > 2 &&
          [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
      )
      const middles = texts.map((one) => {
        const { left, width } = one.getBoundingClientRect()
        return left + width / 2
      })
      const third = root.clientWidth / 3
      return {
        pushed: [root.scrollWidth - root.clientWidth, root.scrollHeight - root.clientHeight],
        small: texts
          .filter((one) => parseFloat(getComputedStyle(one).fontSize) < 18)
          .map((one) => `${one.className} ${one.textContent?.slice(0, 20)}`),
        thirds: [0, 1, 2].map((n) => middles.some((x) => x > n * third && x < (n + 1) * third)),
      }
    })
    expect.soft(seen, `32: the wall at ${size.width}`).toEqual({
      pushed: [0, 0],
      small: [],
      thirds: [true, true, true],
    })
  }
}

describe('the board', () => {
  it.each(languages)('is accessible and wholly in %s, as desk and as wall', async (language) => {
    const { page } = await visit({ viewport: wide, locale: language, script: axeScript })
    const look = judge(page, 'dash', language)
    await page.goto('/dash')
    await page.locator('form.login').waitFor()
    await look('login')
    await logIn(page, '/dash', 'manager')
    await page.locator('.board__rates').waitFor()
    await page.locator('.board__trend svg').waitFor()
    await look('board')
    await fitsNarrow(page, 'board')
    await page.locator('.board__trend .panel__head > button').click()
    await page.locator('.board__trend table').waitFor()
    await look('trend-table')
    // The heat map stands on the board already; the other figures are tabs beside it.
    for (const at of [1, 3, 5, 6]) {
      await page.locator('.board__more [role=tab]').nth(at).click()
      await page.locator('.board__more .figure__about').waitFor()
      await look(`figure-${at}`)
    }
    await page.locator('.top__tools button[aria-pressed]').click()
    await page.locator('html[data-wall=on]').waitFor()
    await look('wall')
    if (language === 'zh-CN') await hangsOnTheWall(page)
  })

  it('32, 35: comes back by itself on the wall, and nothing on it moves for who wants that', async () => {
    const { page } = await visit({ viewport: wide })
    const line = await breakable(page)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await logIn(page, '/dash', 'manager')
    await page.locator('.board__rates').waitFor()
    await page.locator('.top__tools button[aria-pressed]').click()
    await page.locator('.board__trend svg').waitFor()
    const moving = await page.evaluate(
      () =>
        document
          .getAnimations()
          .filter(({ effect }) => Number(effect?.getComputedTiming().activeDuration) > 50).length,
    )
    expect(moving).toBe(0)
    await line.cut()
    const banner = page.locator('.board__banner--on')
    await banner.waitFor()
    await line.mend()
    await banner.waitFor({ state: 'detached' })
  })

  it('shows the figures of the interface, each rate with what it is made of', async () => {
    const manager = await clientOf('manager')
    const { page } = await visit({ viewport: wide })
    const told = page.waitForResponse((answer) => {
      const { pathname, searchParams } = new URL(answer.url())
      return pathname === '/api/v1/kpi' && searchParams.get('group_by') === 'division'
    })
    await logIn(page, '/dash', 'manager')
    // The same question asked past the page; figures move on while appeals come in.
    const { search } = new URL((await told).url())
    const kpi = await manager.get<Kpi>(`/kpi${search}`)
    await page.locator('.board__rates').waitFor()
    await shoot(page, 'dash-figures-zh')

    expect(digits(await tile(page, '受理').value.innerText())).toBe(String(kpi.accepted))
    const shown = await page.locator('.board__rates .rate__name').allInnerTexts()
    const rates = kpi.rates.filter(({ name }) => shown.includes(name))
    expect(rates.length).toBeGreaterThanOrEqual(8)
    for (const { name, percent, numerator, denominator, definition } of rates) {
      const { value, sum } = tile(page, name)
      expect(await value.innerText(), name).toContain(
        percent === undefined ? '—' : `${percent.toFixed(1)}%`,
      )
      expect(digits(await sum.innerText()), name).toBe(`${numerator}/${denominator}`)
      expect(await page.locator('.rate__why', { hasText: definition }).count(), name).toBe(1)
    }

    const more = page.locator('.board__more')
    const asked = `?from=${kpi.from}&to=${kpi.to}`
    const hours = await manager.get<Schemas['HoursFigure']>(`/kpi/hours${asked}`)
    expect(digits(await more.locator('tfoot td').last().innerText())).toBe(String(hours.total))
    const cells = await more
      .locator('tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) =>
          [...row.querySelectorAll('td')].slice(0, 24).map((td) => Number(td.innerText)),
        ),
      )
    expect(cells).toEqual(hours.weekdays)
    expect(hours.total).toBe(kpi.accepted)

    await more.getByRole('tab', { name: '办理漏斗' }).click()
    const funnel = await manager.get<Schemas['FunnelFigure']>(`/kpi/funnel${asked}`)
    const rows = more.getByRole('region', { name: '各环节' }).locator('tbody tr')
    await rows.first().waitFor()
    for (const [i, step] of funnel.steps.entries()) {
      expect(await rows.nth(i).locator('th').innerText()).toBe(step.name)
      expect(digits(await rows.nth(i).locator('td').nth(1).innerText()), step.name).toBe(
        String(step.numerator),
      )
    }
    const { definition } = await manager.get<Schemas['FunnelFigure']>(`/kpi/funnel${asked}`)
    expect(await more.locator('.figure__about').textContent()).toContain(definition)
    if ((funnel.steps[1]?.numerator ?? 0) > 0) {
      await rows.nth(1).locator('button').first().click()
      const dialog = page.getByRole('dialog')
      const total = `共计 ${funnel.steps[1]?.numerator} 次`
      await dialog.getByText(total).waitFor()
    }
  })

  it('gives the numbers of map and chart as tables too', async () => {
    await closedTicket()
    const { page } = await visit({ viewport: wide })
    await logIn(page, '/dash', 'manager')
    // The board follows by itself what moved while it was opened.
    await page.locator('.board__map .tile__value', { hasText: /\d/ }).first().waitFor()
    await page.locator('.board__tables table').waitFor()
    const { tiles, rows } = await page.evaluate(() => {
      const text = (one: Element | null): string => one?.textContent?.trim() ?? ''
      return {
        tiles: [...document.querySelectorAll('.board__map .tile')].map((one) => [
          text(one.querySelector('.tile__name')),
          text(one.querySelector('.tile__value')),
        ]),
        rows: [...document.querySelectorAll('.board__tables tbody tr')].map((one) => [
          text(one.querySelector('th')),
          text(one.querySelector('td')),
        ]),
      }
    })
    const known = tiles.filter(([, value]) => value !== '—')
    expect(known.length).toBeGreaterThan(0)
    expect(rows).toEqual(expect.arrayContaining(known))

    await page.getByRole('button', { name: '看表格' }).click()
    const days = page.getByRole('region', { name: '每日趋势' }).locator('tbody tr')
    expect(await days.count()).toBeGreaterThan(0)
    expect(await page.getByRole('img', { name: /每日受理件数/ }).count()).toBe(0)
  })

  it('counts an appeal that came alone, without being asked again', async () => {
    const { page } = await visit({ viewport: wide })
    await logIn(page, '/dash', 'manager')
    const { value } = tile(page, '受理')
    await value.waitFor()
    const before = Number(digits(await value.innerText()))
    await submitAppeal({
      content: '蒲城县党睦镇我公司厂门前的排水沟被堵，雨水倒灌进车间，请安排疏通。',
      division: '610526',
      appellant: { phone: '13991350002' },
    })
    await until(
      async () => Number(digits(await value.innerText())),
      (count) => count > before,
    )
  })

  it('opens an overdue ticket by keyboard', async () => {
    const { ticket_no } = await submitAppeal({
      content: '蒲城县椿林镇我厂的排污口被施工的土方堵住，已经反映两次，没有人来处理。',
      division: '610526',
      appellant: { phone: '13991350001' },
    })
    const reader = await clientOf('dispatcher')
    await until(
      () => reader.ticket(ticket_no),
      ({ state }) => state === 'dispatched',
    )
    runOut(ticket_no)
    const { page } = await visit({ viewport: wide, script: axeScript })
    const look = judge(page, 'dash', 'zh-CN')
    await logIn(page, '/dash', 'manager')
    await page.locator('.board__overdue').waitFor()
    const first = page.locator('.late__row').first()
    await first.waitFor()
    const title = (await first.locator('.late__title').innerText()).split('\n').at(-1) ?? ''
    await first.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.locator('.look__facts').waitFor()
    expect(await dialog.getByRole('heading').first().innerText()).toBe(title.trim())
    await look('ticket')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
  })

  it.each(languages)(
    'tells in %s a role without figures that it may not see them',
    async (language) => {
      const { page } = await visit({ locale: language, script: axeScript })
      const look = judge(page, 'dash', language)
      await logIn(page, '/dash', 'agent01')
      await page
        .getByText(
          language === 'en' ? 'This account may not see the figures' : '这个账号不能查看指标',
        )
        .waitFor()
      await look('no-access')
      expect(await page.locator('.board').count()).toBe(0)
    },
  )
})
