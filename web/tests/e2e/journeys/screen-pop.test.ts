import { expect, it } from 'vitest'
import { clientOf, submitAppeal, until } from '../api'
import { useBrowser } from '../session'
import { shoot, shootForReadme } from '../screenshots'
import { callableEnterprise, callPlatform } from '../steps/calls'
import { enterConsole } from '../steps/console'

const visit = useBrowser()

it('a ringing call brings its enterprise and history; the ticket is filed by keyboard, the next call waits', async () => {
  const agent = await clientOf('agent01')
  // An agent's own lists hold what he filed; the pop shows more.
  const reader = await clientOf('dispatcher')
  const caller = callableEnterprise('610526')
  const { number } = caller
  const earlier = await submitAppeal({
    content: '蒲城县我公司门前道路的路面塌陷，货车进不来，已经反映过一次。',
    division: '610526',
    appellant: { phone: number },
  })
  await until(
    () => reader.ticket(earlier.ticket_no).catch(() => undefined),
    (found) => found !== undefined,
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
  await panel.getByText(caller.name).waitFor()
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
