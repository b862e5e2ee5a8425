import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { it } from 'vitest'
import { clientOf, submitAppeal, until, type Client } from '../e2e/api'
import { logIn, peopleOf } from '../e2e/people'
import { shoot } from '../e2e/screenshots'
import { phone, useBrowser, type Viewport } from '../e2e/session'
import { callableEnterprise, callPlatform } from '../e2e/steps/calls'
import { atTheDesk } from '../e2e/steps/desk'

const visit = useBrowser()
const wide: Viewport = { width: 1920, height: 1080 }
const folder = fileURLToPath(new URL('../../screenshots', import.meta.url))

async function picture(page: Page, app: string): Promise<void> {
  await page.waitForLoadState('networkidle')
  await shoot(page, app, { folder })
}

/** From the portal; its number, when it has got to a unit. */
async function dispatched(
  dispatcher: Client,
  content: string,
  enterprise: string,
  number: string,
): Promise<string> {
  const { ticket_no } = await submitAppeal({
    content,
    division: '610526',
    enterprise_name: enterprise,
    appellant: { name: '赵民', phone: number },
  })
  await until(
    () => dispatcher.ticket(ticket_no).catch(() => undefined),
    (ticket) => ticket?.state === 'dispatched',
  )
  return ticket_no
}

it('the board of a city at work', async () => {
  const { page } = await visit({ viewport: wide })
  await logIn(page, '/dash', 'manager')
  await page.locator('.board__rates').waitFor()
  await page.locator('.board__trend svg').waitFor()
  await picture(page, 'dash')
})

it('the first page of the portal', async () => {
  const { page } = await visit()
  await page.goto('/')
  await picture(page, 'portal')
})

it('what an official has in hand', async () => {
  const dispatcher = await clientOf('dispatcher')
  const supply = peopleOf('国网蒲城县供电公司')
  const who = supply?.officials[0]
  if (!supply || !who) throw new Error('nobody of 国网蒲城县供电公司 can log in')
  const clerk = await clientOf(supply.clerk.login)
  const official = await clientOf(who.login)
  const own = official.me.user.official_id ?? 0
  const appeals = [
    ['蒲城县荆姚镇合作社的冷库按商业用电收费，请核对是不是应当按农业生产电价。', '荆姚果业合作社'],
    ['蒲城县孙镇我公司申请变压器增容，递交两个月没有人到现场勘查。', '孙镇新型建材厂'],
    ['蒲城县罕井镇我厂的变压器每到下午就跳闸，一周停了四次电。', '罕井面粉厂'],
  ] as const
  const numbers: string[] = []
  for (const [content, enterprise] of appeals) {
    const number = await dispatched(dispatcher, content, enterprise, '13991390001')
    const { official_name } = await dispatcher.ticket(number)
    if (official_name !== who.name) await clerk.act(number, 'reassign', { official_id: own })
    numbers.push(number)
  }
  await official.act(numbers[0] ?? '', 'sign_for')
  const { page } = await visit({ viewport: phone })
  await logIn(page, '/mobile', who.login)
  await page.locator(`a[href$="/tickets/${numbers[0] ?? ''}"]`).waitFor()
  await picture(page, 'mobile')
})

it('an agent listens, writes and is told what may be the answer', async () => {
  const { me } = await clientOf('agent')
  const dispatcher = await clientOf('dispatcher')
  const caller = callableEnterprise('610526')
  await dispatched(
    dispatcher,
    '蒲城县我公司冷库门前的路面塌陷，货车进不来，已经反映过一次。',
    caller.name,
    caller.number,
  )
  const { page } = await visit()
  await atTheDesk(page, 'agent')
  const platform = await callPlatform()
  const call = { ani: caller.number, agent: me.user.extension ?? '' }
  const call_id = await platform.ring(call.ani, call.agent)
  await page.locator('.caller').getByText(caller.name).waitFor()
  await platform.post({ type: 'call.answered', call_id, ...call })
  await page
    .locator('#draft-content')
    .pressSequentially('我们是新开的小微企业，想问一下新装用电要不要花钱，怎么申请？')
  await page.getByText('可能的答复').waitFor()
  await picture(page, 'console')
})
