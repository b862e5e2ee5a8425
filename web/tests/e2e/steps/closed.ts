import type { components } from '../../../src/shared/api/schema'
import { clientOf, officialOf, submitAppeal, until } from '../api'
import { coUnitsRunOut } from './arrange'

type Schemas = components['schemas']

/** An appeal whose result has passed review and waits for the word of its appellant; its receipt. */
export async function answeredAppeal(): Promise<Schemas['Receipt']> {
  const receipt = await submitAppeal({
    content: '蒲城县党睦镇我公司车间电压偏低，机器带不动，请供电公司核查线路。',
    division: '610526',
    appellant: { phone: '13991390051' },
  })
  const { ticket_no } = receipt
  const { login } = await officialOf(ticket_no)
  const official = await clientOf(login)
  await official.act(ticket_no, 'sign_for')
  await official.act(ticket_no, 'first_contact', {
    contact_way: 'phone',
    contact_result: '已约定当天核查',
  })
  coUnitsRunOut(ticket_no)
  await official.act(ticket_no, 'submit_result', {
    outcome: 'solved',
    result_text: '已更换线路，电压恢复正常，企业认可。',
    told_at: new Date().toISOString(),
  })
  const reviewer = await clientOf('reviewer01')
  await reviewer.act(ticket_no, 'review_pass')
  return receipt
}

/** An appeal that went all the way to a closed ticket, for pages that show what has come of such; its number. */
export async function closedTicket(): Promise<string> {
  const { ticket_no } = await answeredAppeal()
  const reviewer = await clientOf('reviewer01')
  await reviewer.act(ticket_no, 'callback', {
    reached: true,
    solved: 'yes',
    satisfaction: 'satisfied',
  })
  await until(
    () => reviewer.ticket(ticket_no),
    ({ state }) => state === 'closed',
  )
  return ticket_no
}
