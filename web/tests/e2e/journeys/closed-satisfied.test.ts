import { expect, it } from 'vitest'
import { clientOf, officialOf, progressOf, until } from '../api'
import { logIn } from '../people'
import { phone, useBrowser } from '../session'
import { shoot } from '../screenshots'
import { coUnitsRunOut } from '../steps/arrange'
import { enterConsole, passReview } from '../steps/console'
import { openTicket, recordContact, sign, submitResult } from '../steps/mobile'
import { follow, submit } from '../steps/portal'

const visit = useBrowser()

it('an appeal goes from the portal to its official, through review, to closed and satisfied', async () => {
  const enterprise = await visit()
  const numbers = await submit(enterprise.page, {
    type: '求助',
    content:
      '蒲城县罕井镇我厂用的变压器每到下午就跳闸，一周停了四次电，面粉生产线一停就要清一遍，订单交不上。',
    wanted: '请供电公司检查线路，给出稳定供电的时间。',
    division: '蒲城县',
    enterprise: '蒲城县罕井面粉厂',
    phone: '13991390001',
    name: '赵民',
  })
  const ticketNo = numbers.ticket_no

  const account = await officialOf(ticketNo)
  coUnitsRunOut(ticketNo)
  const official = await visit({ viewport: phone })
  await logIn(official.page, '/mobile', account.login)
  await official.page.locator(`a[href$="/tickets/${ticketNo}"]`).waitFor()
  await shoot(official.page, 'mobile-list-zh')
  await sign(official.page, ticketNo)
  await openTicket(official.page, ticketNo)
  await shoot(official.page, 'mobile-ticket-zh', { whole: true })
  await recordContact(official.page, '电话联系赵民，约定下午到厂里查看配电室。')
  await submitResult(
    official.page,
    '已更换老化的跳线并调整负荷，三日内未再跳闸；七月增容后由专线供电。',
  )
  await official.page.getByText('待审核').first().waitFor()
  await shoot(official.page, 'mobile-submitted-zh')

  const reviewer = await visit()
  await enterConsole(reviewer.page, 'reviewer01')
  await passReview(reviewer.page, ticketNo)
  await reviewer.page.getByText('待回访').first().waitFor()
  await shoot(reviewer.page, 'console-ticket-zh')

  await follow(enterprise.page, numbers)
  await enterprise.page.locator('.rating').waitFor()
  await shoot(enterprise.page, 'portal-rate-zh', { whole: true })
  // Two taps, nothing else.
  await enterprise.page.getByRole('button', { name: '解决了', exact: true }).click()
  await enterprise.page.getByRole('button', { name: '满意', exact: true }).click()
  await enterprise.page.getByText('谢谢，您的评价已记录。').waitFor()
  await enterprise.page.locator('.rating').waitFor({ state: 'detached' })
  await shoot(enterprise.page, 'portal-closed-zh', { whole: true })

  const closed = await until(
    () => progressOf(numbers),
    ({ state }) => state === 'closed',
  )
  expect(closed.survey).toMatchObject({ solved: 'yes', satisfaction: 'satisfied' })
  const ticket = await (await clientOf('reviewer01')).ticket(ticketNo)
  expect(ticket).toMatchObject({ state: 'closed', closed_as: 'surveyed', round: 1 })
})
