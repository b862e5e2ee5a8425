import { expect, it } from 'vitest'
import { clientOf, submitAppeal, until } from '../api'
import { useBrowser } from '../session'
import { shoot } from '../screenshots'
import { enterConsole } from '../steps/console'
import type { components } from '../../../src/shared/api/schema'

type Page = components['schemas']['TicketPage']

const visit = useBrowser()

it('a new appeal is found by its words a moment after it was told', async () => {
  const { ticket_no } = await submitAppeal({
    content: '我公司门前彩虹桥的铁栅栏松动，叉车不敢靠边走，请尽快加固。',
    wanted: '加固栅栏。',
    division: '610528',
    appellant: { phone: '13991390371', name: '雷敏' },
  })
  const dispatcher = await clientOf('dispatcher')
  await until(
    () => dispatcher.get<Page>(`/tickets?q=${encodeURIComponent('彩虹桥的铁栅栏')}`),
    ({ items }) => items.some((line) => line.ticket_no === ticket_no),
  )
  const { page } = await visit()
  await enterConsole(page, 'dispatcher')
  await page.getByRole('link', { name: '全部工单' }).click()
  await page.getByLabel('搜索').fill('彩虹桥的铁栅栏')
  const found = page.getByRole('row').filter({ hasText: ticket_no })
  await found.locator('mark').first().waitFor()
  expect(await found.locator('mark').allInnerTexts()).toContain('彩虹桥的铁栅栏')
  await shoot(page, 'console-search-zh')
  expect(await page.getByRole('row').count()).toBe(2) // with the head of the table

  await page.getByLabel('搜索').fill('139 9139 0371')
  await page.locator('mark').first().waitFor({ state: 'detached' })
  await found.waitFor()
})
