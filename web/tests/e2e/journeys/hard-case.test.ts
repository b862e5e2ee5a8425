import { expect, it } from 'vitest'
import type { components } from '../../../src/shared/api/schema'
import { clientOf, officialOf, progressOf, submitAppeal, until } from '../api'
import { logIn, peopleOf } from '../people'
import { phone, useBrowser } from '../session'
import { shoot } from '../screenshots'
import { actDialog, dayFromNow, sendAct } from '../steps/acts'
import { coUnitsRunOut } from '../steps/arrange'
import { enterConsole, openTicket, startAct } from '../steps/console'

type Schemas = components['schemas']

const visit = useBrowser()

it('a hard case gets a joint meeting with a plan, and every milestone is met to the end', async () => {
  const receipt = await submitAppeal({
    content: '蒲城县我公司厂房施工许可证办了半年，几家单位互相推诿，都说不归自己管，请协调。',
    division: '610526',
    appellant: { phone: '13991390041' },
  })
  const no = receipt.ticket_no
  const official = await clientOf((await officialOf(no)).login)
  const signed = await official.act(no, 'sign_for')
  await official.act(no, 'first_contact', { contact_way: 'phone', contact_result: '已了解情况' })
  const lead = signed.unit_name ?? ''
  const other = '市商务局'
  const otherClerk = peopleOf(other)?.clerk.login ?? ''
  const otherUnit = (await clientOf(otherClerk)).me.user.unit_id ?? 0
  await official.act(no, 'add_co_unit', { unit_id: otherUnit, reason: '涉及商业用房认定' })
  const supervisor = await clientOf('supervisor01')
  const before = await supervisor.act(no, 'hard_case', { reason: '三家单位推诿，须开会明确' })

  const desk = await visit()
  await enterConsole(desk.page, 'supervisor01')
  await desk.page.getByRole('link', { name: '疑难工单' }).click()
  await desk.page.getByText(no).first().waitFor()
  await openTicket(desk.page, no)
  await startAct(desk.page, '联席会议与计划')
  const form = actDialog(desk.page)
  const choose = async (box: ReturnType<typeof form.locator>, name: string) => {
    await box.fill(name)
    await desk.page.getByRole('option', { name, exact: true }).first().click()
  }
  await form.locator('#act-held_on').fill(dayFromNow(0))
  await choose(form.locator('#act-unit_ids'), lead)
  await choose(form.locator('#act-unit_ids'), other)
  await form.locator('#act-conclusion').fill('会议明确由住建部门牵头，商务部门出具用房认定意见。')
  await form.locator('#act-basis').fill('分管副市长')
  const step = (n: number) =>
    form.getByRole('group', { name: `第 ${String(n)} 个节点`, exact: true })
  await step(1).getByLabel('做什么').fill('出具商业用房认定意见')
  await choose(step(1).getByRole('combobox'), other)
  await step(1).getByLabel('期限').fill(dayFromNow(14))
  await form.getByRole('button', { name: '增加节点' }).click()
  await step(2).getByLabel('做什么').fill('核发施工许可证')
  await choose(step(2).getByRole('combobox'), lead)
  await step(2).getByLabel('期限').fill(dayFromNow(40))
  await shoot(desk.page, 'console-plan-form-zh')
  await sendAct(desk.page)
  await desk.page.getByText('办理期限因计划顺延').waitFor()
  await shoot(desk.page, 'console-plan-zh', { whole: true })
  const planned = await supervisor.ticket(no)
  expect(Date.parse(planned.handle_due_at ?? '')).toBeGreaterThan(
    Date.parse(before.handle_due_at ?? ''),
  )

  // The other unit finds its part and reports it, with a button beside the milestone.
  const unit = await visit()
  await enterConsole(unit.page, otherClerk)
  await unit.page.getByRole('link', { name: '节点与调解' }).click()
  await unit.page.getByText(no).first().waitFor()
  await openTicket(unit.page, no)
  await unit.page.getByRole('button', { name: '报告节点完成 1' }).click()
  await actDialog(unit.page).locator('#act-result_text').fill('已出具认定意见，编号〔2026〕8号。')
  await sendAct(unit.page)
  await until(
    () => supervisor.ticket(no),
    ({ milestones }) => milestones?.[0]?.state === 'met',
  )

  const result = (): Schemas['ActInput'] => ({
    outcome: 'solved',
    result_text: '施工许可证已核发，企业已领取。',
    told_at: new Date().toISOString(),
  })
  coUnitsRunOut(no)
  await expect(official.act(no, 'submit_result', result())).rejects.toThrow('还有未完成的节点')
  const officialPhone = await visit({ viewport: phone })
  const handler = peopleOf(lead)?.officials.find(({ name }) => name === planned.official_name)
  await logIn(officialPhone.page, `/mobile#/tickets/${no}`, handler?.login ?? '')
  await officialPhone.page.getByRole('button', { name: '报告节点完成 2' }).click()
  await actDialog(officialPhone.page).locator('#act-result_text').fill('许可证已核发。')
  await sendAct(officialPhone.page)
  await officialPhone.page.getByText('许可证已核发。').first().waitFor()
  await shoot(officialPhone.page, 'mobile-plan-zh', { whole: true })
  expect((await official.act(no, 'submit_result', result())).state).toBe('submitted')

  const told = (await progressOf(receipt)).timeline.map(({ text }) => text)
  expect(told).toContain('已召开联席会议，正按计划办理')
  expect(told.filter((text) => text === '计划中的一项工作已完成')).toHaveLength(2)
})
