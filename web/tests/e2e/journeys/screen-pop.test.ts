import { expect, it } from 'vitest'
import type { components } from '../../../src/shared/api/schema'
import { clientOf, submitAppeal, until } from '../api'
import { useBrowser } from '../session'
import { shoot, shootForReadme } from '../screenshots'
import { callPlatform } from '../steps/calls'
import { enterConsole } from '../steps/console'

type Enterprise = components['schemas']['Enterprise']

const visit = useBrowser()

it('a ringing call brings its enterprise and history; the ticket is filed by keyboard, the next call waits', async () => {
  const agent = await clientOf('agent01')
  const { items } = await agent.get<{ items: Enterprise[] }>('/enterprises?q=蒲城县&limit=20')
  const caller = items.find(({ phone }) => /^\d{7,12}$/.test(phone ?? ''))
  expect(caller, 'an enterprise with its number in clear').toBeDefined()
  const number = caller?.phone ?? ''
  const earlier = await submitAppeal({
    content: '蒲城县我公司门前道路的路面塌陷，货车进不来，已经反映过一次。',
    division: '610526',
    appellant: { phone: number },
  })
  await until(
    () => agent.get<{ items: unknown[] }>(`/tickets?phone=${number}`).catch(() => ({ items: [0] })),
    (found) => found.items.length > 0,
  )

  const { page } = await visit()
  await enterConsole(page, 'agent01')
  await page.locator('#draft-content').waitFor()
  // The feed of calls has to be open before anything can ring.
  await page.waitForTimeout(500)
  const platform = await callPlatform()
  const began = Date.now()
  const callId = await platform.ring(number, agent.me.user.extension ?? '')
  const panel = page.locator('.caller')
  await panel.getByText('正在振铃').waitFor()
  await panel.getByText(caller?.name ?? '').waitFor()
  expect(Date.now() - began, 'ms from the event to the pop').toBeLessThan(1000)
  await panel.getByText(earlier.ticket_no).waitFor()
  expect(await page.locator('#draft-phone').inputValue()).toBe(number)
  await shoot(page, 'console-screen-pop-zh')
  await shootForReadme(page, 'console')

  await platform.post({
    type: 'call.answered',
    call_id: callId,
    ani: number,
    agent: agent.me.user.extension ?? '',
  })
  await panel.getByText('通话中').waitFor()
  // No mouse from here on: the form has the focus and one chord files it.
  const content = `蒲城县紫荆街道我公司的自来水压力太低，三楼车间没有水用，已经三天。编号 ${callId.slice(0, 8)}`
  await page.keyboard.type(content)
  expect(await page.locator('#draft-content').inputValue()).toBe(content)

  const second = await platform.ring('13991399999', agent.me.user.extension ?? '')
  await page.locator('.desk__tab--rings').waitFor()
  expect(await page.locator('#draft-content').inputValue(), 'the draft under the second call').toBe(
    content,
  )
  await shoot(page, 'console-second-call-zh')
  await page.keyboard.press('Control+Enter')
  await page.getByText('工单已建立').waitFor()
  const ticketNo = (await page.locator('.receipt__numbers dd').first().innerText()).trim()
  await shoot(page, 'console-filed-zh')

  const filed = await agent.ticket(ticketNo)
  expect(filed).toMatchObject({ content, channel: 'phone', call_id: callId })
  for (const call_id of [callId, second]) await platform.post({ type: 'call.ended', call_id })
})
