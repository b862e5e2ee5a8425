import { expect, it } from 'vitest'
import { clientOf, officialOf, progressOf, submitAppeal, until } from '../api'
import { useBrowser } from '../session'
import { shoot } from '../screenshots'
import { actDialog, dayFromNow, sendAct } from '../steps/acts'
import { enterConsole, openTicket, startAct } from '../steps/console'

const visit = useBrowser()

it('a ticket is parked for an objective cause until a day to look again, then goes on', async () => {
  const receipt = await submitAppeal({
    content: '蒲城县孙镇我公司申请架设专线，线路要过河，电力部门说汛期不能立杆，请协调。',
    division: '610526',
    appellant: { phone: '13991390021' },
  })
  const account = await officialOf(receipt.ticket_no)
  const official = await clientOf(account.login)
  const before = await official.act(receipt.ticket_no, 'sign_for')
  const due = before.clocks?.find(({ kind }) => kind === 'handle')?.due_at

  const desk = await visit()
  await enterConsole(desk.page, 'supervisor01')
  await openTicket(desk.page, receipt.ticket_no)
  await startAct(desk.page, '挂账')
  const dialog = actDialog(desk.page)
  await dialog.locator('#act-reason_code').selectOption('season')
  await dialog.locator('#act-reason').fill('汛期河道内不能施工，须待十月以后立杆。')
  await dialog.locator('#act-basis').fill('分管副市长同意，渭政督〔2026〕3号')
  await dialog.locator('#act-review_on').fill(dayFromNow(30))
  await shoot(desk.page, 'console-suspend-zh')
  await sendAct(desk.page)
  await desk.page.getByText('受季节、气候影响').first().waitFor()
  await desk.page.getByText('暂停计时').first().waitFor()
  await shoot(desk.page, 'console-suspended-zh')

  expect((await progressOf(receipt)).state_text).toBe('因客观原因暂缓办理')
  const parked = await official.ticket(receipt.ticket_no)
  expect(parked.clocks?.find(({ kind }) => kind === 'handle')?.state).toBe('paused')
  // On that day, or on the next working day.
  expect((parked.suspension?.review_at ?? '') >= dayFromNow(30)).toBe(true)
  expect(parked.allowed_actions).not.toContain('submit_result')

  await startAct(desk.page, '恢复办理')
  await actDialog(desk.page).locator('#act-reason').fill('汛期已过，可以施工。')
  await sendAct(desk.page)
  const resumed = await until(
    () => official.ticket(receipt.ticket_no),
    ({ state }) => state === 'handling',
  )
  expect(resumed.suspension).toBeUndefined()
  const handling = resumed.clocks?.find(({ kind }) => kind === 'handle')
  expect(handling?.state).toBe('running')
  expect(Date.parse(handling?.due_at ?? '')).toBeGreaterThanOrEqual(Date.parse(due ?? ''))
})
