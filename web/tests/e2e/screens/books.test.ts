import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { axeScript } from '../accessibility'
import { useBrowser } from '../session'
import { callPlatform } from '../steps/calls'
import { enterConsole, goToPage } from '../steps/console'
import { judge, languages } from './judge'

const visit = useBrowser()

it.each(languages)(
  'T43: the books of a platform are held against the records, and the shift lead reads where they differ, in %s',
  async (language) => {
    const platform = await callPlatform()
    const hour = 3_600_000
    const until = new Date(Math.floor(Date.now() / hour) * hour - hour)
    const from = new Date(until.getTime() - hour)
    const at = (minutes: number) => new Date(from.getTime() + minutes * 60_000).toISOString()
    const [ours, unheard, unended] = [randomUUID(), randomUUID(), randomUUID()]
    await platform.post({ type: 'call.offered', call_id: ours, occurred_at: at(5) })
    await platform.post({ type: 'call.answered', call_id: ours, occurred_at: at(6) })
    await platform.post({ type: 'call.ended', call_id: ours, occurred_at: at(9) })
    await platform.post({ type: 'call.offered', call_id: unended, occurred_at: at(20) })
    const told = await platform.postBooks(from, until, [
      { call_id: unheard, offered_at: at(10), answered_at: at(11), ended_at: at(15) },
      { call_id: unended, offered_at: at(20), answered_at: null, ended_at: at(21) },
    ])
    expect(told).toEqual({ calls: 2, taken_up: 1, ended: 1, differing: 0, not_told: 1 })

    const { page } = await visit({ locale: language, script: axeScript })
    const look = judge(page, 'console', language)
    await enterConsole(page, 'supervisor')
    await goToPage(page, 'phones')
    await page.getByRole('tab').nth(2).click()
    const row = page.locator('tr', { hasText: platform.source })
    await row.getByRole('button').press('Enter')
    const talk = page.locator('table table tr', { hasText: ours })
    await talk.waitFor()
    expect(await talk.locator('td').nth(3).innerText()).toBe('3:00')
    await page.locator('table table tr', { hasText: unheard }).getByText('4:00').waitFor()
    await look('supervisor-phones-books')
  },
)
