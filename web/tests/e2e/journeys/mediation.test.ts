import { expect, it } from 'vitest'
import { clientOf, officialOf, submitAppeal, until } from '../api'
import { peopleOf } from '../people'
import { useBrowser } from '../session'
import { shoot } from '../screenshots'
import { actDialog, dayFromNow, sendAct } from '../steps/acts'
import { coUnitsRunOut } from '../steps/arrange'
import { enterConsole, openTicket, startAct } from '../steps/console'
import { follow } from '../steps/portal'

const visit = useBrowser()

it('a dispute fails before the mediators of the town and is settled by those of the county', async () => {
  const receipt = await submitAppeal({
    content: '我公司在富平县庄里镇给一家企业供货，对方以质量有争议为由拖欠货款二十万元，希望协调。',
    division: '610528',
    town: '610528101',
    topic: '拖欠账款',
    type: 'help',
    appellant: { phone: '13991390042' },
  })
  const no = receipt.ticket_no
  const official = await clientOf((await officialOf(no)).login)
  const signed = await official.act(no, 'sign_for')
  await official.act(no, 'first_contact', { contact_way: 'meeting', contact_result: '双方愿意谈' })
  const lead = peopleOf(signed.unit_name ?? '')?.clerk.login ?? ''

  const refer = async (page: Awaited<ReturnType<typeof visit>>['page']) => {
    await openTicket(page, no)
    await startAct(page, '转调解')
    const form = actDialog(page)
    await form
      .getByRole('group', { name: '双方是否都愿意调解' })
      .getByText('是', { exact: true })
      .click()
    await form.locator('#act-reason').fill('供货质量与货款之争，双方均愿调解。')
    await sendAct(page)
  }
  const clerk = await visit()
  await enterConsole(clerk.page, lead)
  await refer(clerk.page)
  await clerk.page.getByText('镇街调解').first().waitFor()
  await shoot(clerk.page, 'console-mediation-zh', { whole: true })
  const referred = await official.ticket(no)
  expect(referred.state).toBe('mediating')
  expect(referred.clocks.find(({ kind }) => kind === 'handle')?.state).toBe('paused')

  const enterprise = await visit()
  await follow(enterprise.page, receipt)
  await enterprise.page.getByText('正在由调解组织调解').first().waitFor()
  await shoot(enterprise.page, 'portal-mediation-zh', { whole: true })

  const conclude = async (unit: string, outcome: string, words: string, agreed = false) => {
    const people = peopleOf(unit)
    const desk = await visit()
    await enterConsole(desk.page, people?.clerk.login ?? '')
    await desk.page.getByRole('link', { name: '节点与调解' }).click()
    await desk.page.getByText(no).first().waitFor()
    await openTicket(desk.page, no)
    await startAct(desk.page, '登记调解结果')
    const form = actDialog(desk.page)
    await form.getByRole('radio', { name: outcome, exact: true }).check()
    await form.locator('#act-result_text').fill(words)
    if (agreed) {
      await form.locator('#act-keeper').fill('购货方')
      await form.locator('#act-keep_by').fill(dayFromNow(30))
      await shoot(desk.page, 'console-mediation-form-zh')
    }
    await sendAct(desk.page)
  }
  await conclude('庄里镇人民政府', '未达成协议', '双方对质量责任分歧较大，本次未能达成一致。')
  await until(
    () => official.ticket(no),
    ({ state }) => state === 'handling',
  )
  await clerk.page.reload()
  await refer(clerk.page)
  await clerk.page.getByText('区县调解').first().waitFor()
  await conclude('富平县司法局', '达成协议', '购货方扣除两万元质量款，余款一个月内付清。', true)
  const settled = await until(
    () => official.ticket(no),
    ({ mediations }) => mediations?.at(-1)?.outcome === 'agreed',
  )
  expect(settled.mediations?.map(({ level }) => level)).toEqual(['town', 'county'])

  coUnitsRunOut(no)
  const submitted = await official.act(no, 'submit_result', {
    outcome: 'solved',
    result_text: '经县司法局调解，双方已签协议。',
    told_at: new Date().toISOString(),
  })
  expect(submitted.result_basis).toContain('余款一个月内付清')
  await follow(enterprise.page, receipt)
  await enterprise.page.getByText('调解达成协议').first().waitFor()
})
