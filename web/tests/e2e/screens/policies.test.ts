import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { components } from '../../../src/shared/api/schema'
import { axeScript } from '../accessibility'
import { clientOf, officialOf, progressOf, submitAppeal, until } from '../api'
import { useBrowser } from '../session'
import { enterConsole } from '../steps/console'
import { judge, inEnglish } from './judge'

type Schemas = components['schemas']
type Versions = { items: Schemas['PolicyVersion'][]; in_force: number }
type Jobs = { items: Schemas['RecomputeJob'][] }

const visit = useBrowser()

async function enterPolicies(page: Page): Promise<void> {
  await enterConsole(page, 'admin')
  await page.locator('.nav__link[href$="/policies"]').click()
  await page.locator('.policy__versions').waitFor()
}

const tab = (page: Page, index: number) => page.locator('[role=tab]').nth(index)

/** Lines put before the others, where they decide. */
async function addRules(page: Page, rules: string): Promise<void> {
  await page.locator('.policy__versions').waitFor()
  await page.locator('main .ui-button--primary').first().click()
  const editor = page.locator('textarea')
  await editor.waitFor()
  const text = await editor.inputValue()
  const [first = '', ...rest] = text.split('\n')
  await editor.fill([first, rules, ...rest].join('\n'))
}

/** The notice of a year with the days off the law fixes, as the State Council would put it. */
function noticeOf(year: number): string {
  const off = (name: string, ...dates: string[]) =>
    dates.map((date) => ({ name, date: `${year}-${date}`, isOffDay: true }))
  return JSON.stringify({
    year,
    papers: [],
    days: [
      ...off('元旦', '01-01'),
      ...off('劳动节', '05-01', '05-02'),
      ...off('国庆节', '10-01', '10-02', '10-03'),
    ],
  })
}

describe('the limits', () => {
  it.each(inEnglish)('show their effect before they are put in force, in %s', async (language) => {
    const receipt = await submitAppeal({
      content: '蒲城县孙镇我公司冷库供电不稳，请协调解决。',
      division: '610526',
      appellant: { phone: '13991390177' },
    })
    await officialOf(receipt.ticket_no)
    const { page } = await visit({ locale: language, script: axeScript })
    const look = judge(page, 'admin', language, true)
    await enterPolicies(page)
    await look('policies')

    await addRules(page, 'limit cooking first * * * 9wd')
    await page
      .getByRole('button', { name: language === 'en' ? 'Show the effect' : '查看影响' })
      .click()
    await page.locator('.ui-banner--bad li').waitFor()
    await look('policy-faults')

    const editor = page.locator('textarea')
    const faulty = await editor.inputValue()
    await editor.fill(
      faulty.replace('limit cooking first * * * 9wd', 'limit handle first * * * 19wd'),
    )
    await page
      .getByRole('button', { name: language === 'en' ? 'Show the effect' : '查看影响' })
      .click()
    await page.locator('.policy__changes tbody tr').first().waitFor()
    await look('policy-effect')
    // Nothing was written.
    const admin = await clientOf('auditor')
    const { items } = await admin.get<Versions>('/admin/policies')
    expect(items.every(({ note }) => !note.includes('19wd'))).toBe(true)
  })

  it('are changed for one unit, and the tickets it has follow with the reason given', async () => {
    const receipt = await submitAppeal({
      content: '蒲城县罕井镇我公司申请施工许可，窗口两周未答复，请协调办理。',
      division: '610526',
      appellant: { phone: '13991390178' },
    })
    const account = await officialOf(receipt.ticket_no)
    const official = await clientOf(account.login)
    const before = await official.act(receipt.ticket_no, 'sign_for')
    const dueOf = (ticket: Schemas['Ticket']): number =>
      Date.parse(ticket.clocks?.find(({ kind }) => kind === 'handle')?.due_at ?? '')

    const { page } = await visit()
    await enterPolicies(page)
    await addRules(page, 'limit handle first normal simple * 12wd warn 20% 1wd')
    await page.getByRole('button', { name: '查看影响' }).click()
    await page.locator('.policy__changes tbody tr', { hasText: receipt.ticket_no }).waitFor()
    await page.locator('#enact-note').fill('汛期统一放宽办理时限')
    await page.locator('.ui-check').click()
    await page.getByRole('button', { name: '写入新的一版' }).click()

    const job = page.locator('tbody tr', { hasText: '汛期统一放宽办理时限' })
    await job.waitFor()
    await job.getByText('完成').waitFor({ timeout: 30_000 })
    const after = await official.ticket(receipt.ticket_no)
    expect(dueOf(after)).toBeGreaterThan(dueOf(before))
    const { timeline } = await progressOf(receipt)
    expect(timeline.map(({ text }) => text)).toContain(
      '办理期限已按新的规定调整：汛期统一放宽办理时限',
    )
  })
})

describe('the working calendar', () => {
  it.each(inEnglish)(
    'shows a year, and takes the next one from a file, in %s',
    async (language) => {
      const { page } = await visit({ locale: language, script: axeScript })
      const look = judge(page, 'admin', language, true)
      await enterPolicies(page)
      await tab(page, 1).click()
      await page.locator('.policy__day--holiday').first().waitFor()
      await look('calendar')
      const year = language === 'en' ? 2031 : 2032
      await page.locator('input[type=file]').setInputFiles({
        name: `${year}.json`,
        mimeType: 'application/json',
        buffer: Buffer.from(noticeOf(year)),
      })
      await page.locator('#enact-note').waitFor()
      await look('calendar-effect')
      await page.locator('#enact-note').fill(`${year}`)
      await page.locator('form button[type=submit]').click()
      const loaded = page.locator('tbody tr', { hasText: `${year}.json` })
      await loaded.waitFor()
      const auditor = await clientOf('auditor')
      const calendars = await until(
        () => auditor.get<{ items: { version: number }[]; in_force: number }>('/admin/calendars'),
        (found) => found.in_force === found.items[0]?.version,
      )
      expect(calendars.in_force).toBeGreaterThan(1)
    },
  )

  it('takes one year only out of a file that has several, when asked to', async () => {
    const { page } = await visit()
    await enterPolicies(page)
    await tab(page, 1).click()
    const days = (year: number) => JSON.parse(noticeOf(year)).days
    const rows = (year: number) =>
      days(year).map(({ name, date }: { name: string; date: string }) => ({
        name,
        date,
        off: true,
      }))
    await page.locator('input[type=file]').setInputFiles({
      name: 'several.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify({ 2034: rows(2034), 2035: rows(2035) })),
    })
    await page.getByText('新载入年份：2034, 2035').waitFor()
    await page.getByLabel('只取某一年').fill('2035')
    await page.getByLabel('只取某一年').press('Tab')
    await page.getByText('新载入年份：2035').waitFor()
    expect(await page.getByText('2034').count()).toBe(0)
  })

  it('is refused with all its faults when a file is half a notice', async () => {
    const { page } = await visit()
    await enterPolicies(page)
    await tab(page, 1).click()
    await page.locator('input[type=file]').setInputFiles({
      name: 'half.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"year":2033,"papers":[],"days":[]}'),
    })
    await page.locator('.ui-banner--bad li').first().waitFor()
    expect(await page.locator('#enact-note').count()).toBe(0)
  })
})

describe('a recomputation', () => {
  it.each(inEnglish)(
    'is asked for with a reason and followed to its end, in %s',
    async (language) => {
      const { page } = await visit({ locale: language, script: axeScript })
      const look = judge(page, 'admin', language, true)
      await enterPolicies(page)
      await tab(page, 2).click()
      await page.locator('main .ui-button--primary').click()
      const reason = language === 'en' ? 'After the flood season' : '汛期结束，按现行规定核对'
      await page.locator('#recompute-reason').fill(reason)
      await look('recompute')
      await page.locator('dialog[open] button[type=submit]').click()
      const row = page.locator('tbody tr', { hasText: reason })
      await row.waitFor()
      const auditor = await clientOf('auditor')
      await until(
        () => auditor.get<Jobs>('/admin/recomputes'),
        ({ items }) => items.some((job) => job.reason === reason && job.finished_at !== undefined),
      )
      await row.locator('progress').waitFor({ state: 'detached' })
      await look('recomputes')
    },
  )
})
