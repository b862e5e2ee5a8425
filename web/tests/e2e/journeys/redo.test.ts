import { expect, it } from 'vitest'
import { clientOf, officialOf, until } from '../api'
import { logIn } from '../people'
import { phone, useBrowser } from '../session'
import { shoot } from '../screenshots'
import { coUnitsRunOut } from '../steps/arrange'
import {
  enterConsole,
  openTicket as openInConsole,
  passReview,
  recordCallback,
} from '../steps/console'
import { openTicket, recordContact, sign, submitResult } from '../steps/mobile'
import { follow, submit } from '../steps/portal'

const visit = useBrowser()

it('a dissatisfied enterprise is worked for again, called back, and then it is closed', async () => {
  const enterprise = await visit()
  const numbers = await submit(enterprise.page, {
    type: '投诉',
    content:
      '蒲城县陈庄镇我公司报装用电，营业厅收了材料两个月没有答复，新厂房没有电，设备不能安装。',
    wanted: '明确什么时候通电。',
    division: '蒲城县',
    enterprise: '蒲城县陈庄建材厂',
    phone: '13991390002',
  })
  const ticketNo = numbers.ticket_no
  const reader = await clientOf('reviewer01')

  const account = await officialOf(ticketNo)
  coUnitsRunOut(ticketNo)
  const official = await visit({ viewport: phone })
  await logIn(official.page, '/mobile', account.login)
  await sign(official.page, ticketNo)
  await openTicket(official.page, ticketNo)
  await recordContact(official.page, '电话核对报装材料，缺一张平面图。')
  await submitResult(official.page, '材料已收齐，正在走内部流程，请企业耐心等待。')

  const reviewer = await visit()
  await enterConsole(reviewer.page, 'reviewer01')
  await passReview(reviewer.page, ticketNo)

  await follow(enterprise.page, numbers)
  await enterprise.page.getByRole('button', { name: '没有解决' }).click()
  await enterprise.page.getByRole('button', { name: '不满意', exact: true }).click()
  // A bad word waits for its reason before it is sent.
  await enterprise.page.getByLabel('哪里不满意？').fill('还是没有说哪一天通电。')
  await shoot(enterprise.page, 'portal-rate-reason-zh', { whole: true })
  await enterprise.page.getByRole('button', { name: '提交评价' }).click()
  await enterprise.page.getByText('谢谢，您的评价已记录。').waitFor()

  const again = await until(
    () => reader.ticket(ticketNo),
    ({ state }) => state === 'handling',
  )
  expect(again.round).toBe(2)

  // Somebody else of the unit does it anew.
  expect(again.official_name).not.toBe(account.name)
  const next = await officialOf(ticketNo, 'handling')
  const other = await visit({ viewport: phone })
  await logIn(other.page, `/mobile#/tickets/${ticketNo}`, next.login)
  await other.page.getByText('第 2 次办理').first().waitFor()
  await shoot(other.page, 'mobile-redo-zh', { whole: true })
  if (!again.first_contact_at) await recordContact(other.page, '当面说明通电日期。')
  await submitResult(other.page, '已于今日装表送电，企业在现场确认设备可以安装。')

  await passReview(reviewer.page, ticketNo)
  await recordCallback(reviewer.page, { solved: '解决了', satisfaction: '满意' })
  await reviewer.page.getByText('已办结').filter({ visible: true }).first().waitFor()
  await openInConsole(reviewer.page, ticketNo)
  await shoot(reviewer.page, 'console-closed-after-redo-zh')

  const closed = await reader.ticket(ticketNo)
  expect(closed).toMatchObject({ state: 'closed', round: 2 })
  const { items } = await reader.get<{ items: { act: string }[] }>(`/tickets/${ticketNo}/events`)
  expect(items.filter(({ act }) => act === 'submit_result')).toHaveLength(2)
})
