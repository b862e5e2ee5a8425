import { expect, it } from 'vitest'
import { clientOf, progressOf, until } from '../api'
import { useBrowser } from '../session'
import { shoot } from '../screenshots'
import { actDialog, sendAct } from '../steps/acts'
import { enterConsole, openTicket, startAct } from '../steps/console'
import { follow, submit } from '../steps/portal'

const visit = useBrowser()

it('a matter in arbitration waits for the dispatcher, who declines it with a reason the enterprise reads', async () => {
  const enterprise = await visit()
  const numbers = await submit(enterprise.page, {
    type: '求助',
    content:
      '我公司与大荔县一家建筑公司的工程款纠纷已申请仲裁，渭南仲裁委已经立案正在仲裁，希望热线先让对方把钱付了。',
    division: '大荔县',
    phone: '13991390003',
  })
  const dispatcher = await clientOf('dispatcher01')
  const waiting = await until(
    () => dispatcher.ticket(numbers.ticket_no),
    ({ route }) => (route?.reasons?.length ?? 0) > 0,
  )
  expect(waiting.state).toBe('accepted')
  expect(waiting.allowed_actions).toContain('decline')

  const desk = await visit()
  await enterConsole(desk.page, 'dispatcher01')
  await openTicket(desk.page, numbers.ticket_no)
  // Why it was not sent on stands on the ticket.
  for (const { text } of waiting.route?.reasons ?? [])
    await desk.page.getByText(text, { exact: false }).first().waitFor()
  await shoot(desk.page, 'console-decline-hint-zh')
  await startAct(desk.page, '不予受理')
  const reason = actDialog(desk.page).locator('#act-reason_code')
  const options = await reason.locator('option').allInnerTexts()
  await reason.selectOption({ label: options.find((one) => one.includes('仲裁')) ?? '' })
  await actDialog(desk.page)
    .locator('#act-reason')
    .fill('该纠纷已由仲裁机构受理，请按仲裁程序主张权利。')
  await shoot(desk.page, 'console-decline-zh')
  await sendAct(desk.page)
  await desk.page.getByText('不予受理').filter({ visible: true }).first().waitFor()

  const declined = await progressOf(numbers)
  expect(declined.state).toBe('declined')
  expect(declined.decline_reason_text).toContain('仲裁')
  await follow(enterprise.page, numbers)
  const shown = enterprise.page.locator('.progress')
  await shown.getByText('不予受理的原因').waitFor()
  expect(await shown.innerText()).toContain(declined.decline_reason_text)
  await shoot(enterprise.page, 'portal-declined-zh', { whole: true })
})
