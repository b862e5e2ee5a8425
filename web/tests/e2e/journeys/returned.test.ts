import { expect, it } from 'vitest'
import { clientOf, submitAppeal, until } from '../api'
import { peopleOf } from '../people'
import { useBrowser } from '../session'
import { shoot } from '../screenshots'
import { actDialog, sendAct } from '../steps/acts'
import { enterConsole, openTicket, startAct } from '../steps/console'

const visit = useBrowser()

it('a unit returns what is not its own with a basis, and the dispatcher sends it elsewhere', async () => {
  const { ticket_no } = await submitAppeal({
    content: '蒲城县党睦镇我公司的厂房门口线杆上的变压器漏油，担心起火，请尽快派人来看。',
    division: '610526',
    appellant: { phone: '13991390004' },
  })
  const reader = await clientOf('dispatcher01')
  const routed = await until(
    () => reader.ticket(ticket_no),
    ({ state }) => state === 'dispatched',
  )
  const people = peopleOf(routed.unit_name ?? '')
  expect(people, `accounts of ${routed.unit_name}`).toBeDefined()

  const unit = await visit()
  await enterConsole(unit.page, people?.clerk.login ?? '')
  await openTicket(unit.page, ticket_no)
  await startAct(unit.page, '申请退单')
  await actDialog(unit.page).locator('#act-reason_code').selectOption({ index: 1 })
  await actDialog(unit.page)
    .locator('#act-basis')
    .fill('线杆产权属于园区，见供用电合同第九条，由住建部门管理。')
  await shoot(unit.page, 'console-return-zh')
  await sendAct(unit.page)
  await unit.page.getByText('退单待审').filter({ visible: true }).first().waitFor()

  const desk = await visit()
  await enterConsole(desk.page, 'dispatcher01')
  await openTicket(desk.page, ticket_no)
  await desk.page.getByText('供用电合同第九条').first().waitFor()
  await startAct(desk.page, '同意退单')
  const other = '蒲城县住房和城乡建设局'
  const choice = actDialog(desk.page).locator('#act-unit_id')
  await choice.fill(other)
  await actDialog(desk.page).getByRole('option', { name: other }).first().waitFor()
  await choice.press('ArrowDown')
  await choice.press('Enter')
  await shoot(desk.page, 'console-approve-return-zh')
  await sendAct(desk.page)

  const moved = await until(
    () => reader.ticket(ticket_no),
    ({ state }) => state === 'dispatched',
  )
  expect(moved.unit_name).toBe(other)
  expect(moved.return_count).toBe(1)
  await desk.page.getByText(other).first().waitFor()

  // It is no longer the first unit's business.
  const former = await clientOf(people?.clerk.login ?? '')
  await expect(former.ticket(ticket_no)).rejects.toThrow('404')
})
