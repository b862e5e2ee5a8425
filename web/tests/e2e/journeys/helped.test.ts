import { expect, it } from 'vitest'
import type { components } from '../../../src/shared/api/schema'
import { clientOf, officialOf, submitAppeal, until } from '../api'
import { accounts, peopleOf } from '../people'
import { useBrowser } from '../session'
import { shoot } from '../screenshots'
import { actDialog, sendAct } from '../steps/acts'
import { coUnitsRunOut } from '../steps/arrange'
import { enterConsole, openTicket, startAct } from '../steps/console'

type Schemas = components['schemas']

const visit = useBrowser()

const result = (): Schemas['ActInput'] => ({
  outcome: 'solved',
  result_text: '已会同协办单位现场办结，企业认可。',
  told_at: new Date().toISOString(),
})

it('the result waits for the unit that helps, and a supervision sheet gets its reply', async () => {
  const { ticket_no } = await submitAppeal({
    content: '蒲城县党睦镇我公司厂区外变压器容量不足，增容要占用绿地，两家单位说法不一。',
    division: '610526',
    appellant: { phone: '13991390022' },
  })
  const account = await officialOf(ticket_no)
  const official = await clientOf(account.login)
  const signed = await official.act(ticket_no, 'sign_for')
  await official.act(ticket_no, 'first_contact', {
    contact_way: 'phone',
    contact_result: '已电话了解增容需求',
  })
  const lead = peopleOf(signed.unit_name ?? '')?.clerk.login ?? ''
  const helper = accounts.find(({ role, login }) => role === 'unit_clerk' && login !== lead)
  if (!helper) throw new Error('only one unit has a clerk')
  const helping = await clientOf(helper.login)
  const helperUnit = helping.me.user.unit_id ?? 0
  await official.act(ticket_no, 'add_co_unit', {
    unit_id: helperUnit,
    reason: '占用绿地须其出具意见',
  })
  await expect(official.act(ticket_no, 'submit_result', result())).rejects.toThrow('协办单位尚未')

  const desk = await visit()
  await enterConsole(desk.page, helper.login)
  // It is found where work of others waits for this unit.
  await desk.page.getByRole('link', { name: '待协办' }).click()
  await desk.page.getByText(ticket_no).first().waitFor()
  await openTicket(desk.page, ticket_no)
  await startAct(desk.page, '反馈协办意见')
  await actDialog(desk.page)
    .locator('#act-result_text')
    .fill('临时占用三平方米绿地，同意按程序办理。')
  await shoot(desk.page, 'console-co-unit-zh')
  await sendAct(desk.page)
  await until(
    () => official.ticket(ticket_no),
    ({ co_units }) => co_units?.find(({ id }) => id === helperUnit)?.answered === true,
  )

  const supervisor = await clientOf('supervisor01')
  await supervisor.act(ticket_no, 'supervise', { level: 1, reason: '请于两日内报进展' })
  const unit = await visit()
  await enterConsole(unit.page, lead)
  await openTicket(unit.page, ticket_no)
  await startAct(unit.page, '回复督办')
  await actDialog(unit.page)
    .locator('#act-result_text')
    .fill('已约定周五现场踏勘，三日内提交方案。')
  await sendAct(unit.page)
  await until(
    () => official.ticket(ticket_no),
    ({ clocks }) => clocks?.find(({ kind }) => kind === 'supervision')?.state === 'stopped',
  )

  // Whom the router asked besides has nobody who can log in here.
  coUnitsRunOut(ticket_no)
  const submitted = await official.act(ticket_no, 'submit_result', result())
  expect(submitted.state).toBe('submitted')
})
