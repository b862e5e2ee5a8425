import { randomInt } from 'node:crypto'
import { caller, each, machine, nobody, type Caller } from './caller'
import { rows } from './instance'

/** Numbers of this run's appellants, found nowhere else: whoever shows one whole has let it slip. */
const run = randomInt(100, 999)
let issued = 0
export const canary = (): string => `19${run}${String(100_000 + ++issued)}`

export const matters = [
  ['蒲城县孙镇铸件厂', '供电上午断了三次，电炉里的铁水都凝了，请安排抢修。'],
  ['蒲城县罕井镇预制件厂', '施工许可证两个月批不下来，图纸早就审查过了，请协调。'],
  ['临渭区果汁厂', '自来水压力太小，锅炉不敢开，订单要耽误了。'],
  ['大荔县许庄镇农机店', '门前的村道坑洼积水，货车过不来，请镇政府修一修。'],
  ['富平县奶粉厂', '学校拖欠我们货款四十一万元，两年了，催要没有结果。'],
  ['渭南高新区软件公司', '奖补资金到现在没有拨付，请问什么时候兑现？'],
  ['临渭区外贸公司', '出口货物通关单证怎么办理，请商务部门指导。'],
  ['华州区家具厂', '增加一间喷漆房，请问环评要做报告表还是备案？'],
  ['韩城市陶瓷厂', '凌晨突然停气，窑炉一降温就裂了，请马上恢复供气。'],
] as const

export interface World {
  callers: Caller[]
  /** Made for this world; others may be there from before. */
  numbers: string[]
}

async function filed(by: Caller, operationId: string, body: object): Promise<string> {
  const answer = await by.ask(operationId, { body })
  if (answer.status !== 201 && answer.status !== 202) {
    throw new Error(`${operationId} as ${by.login}: ${answer.text}`)
  }
  return (answer.body as { ticket_no: string }).ticket_no
}

function appeal(n: number): object {
  const [firm, words] = matters[n % matters.length] ?? matters[0]
  const phone = canary()
  return {
    content: `我们是${firm}，${words}第${n}次反映，联系电话${phone}。`,
    appellant: {
      name: '欧阳测试',
      phone,
      ...(n % 7 === 3 && { confidential: true }),
      ...(n % 11 === 5 && { anonymous: true }),
    },
  }
}

const wanted = [
  ['agent', 2],
  ['dispatcher', 1],
  ['reviewer', 1],
  ['supervisor', 1],
  ['unit_clerk', 8],
  ['unit_leader', 8],
  ['official', 16],
  ['manager', 9],
  ['auditor', 1],
  ['admin', 1],
] as const

/** Everybody logged in, and appeals that came every way there is, some of them moved on by hand. */
export async function world(logins: readonly { login: string; role: string }[]): Promise<World> {
  const callers: Caller[] = []
  for (const [role, most] of wanted) {
    for (const { login } of logins.filter((each) => each.role === role).slice(0, most)) {
      callers.push(await caller(login))
    }
  }
  const of = (role: string): Caller[] => callers.filter((each) => each.role === role)
  const numbers: string[] = []
  await each(
    Array.from({ length: 90 }, (_, n) => n),
    async (n) => {
      numbers.push(await filed(nobody, 'submitAppeal', appeal(n)))
    },
  )
  for (const [n, agent] of of('agent').entries()) {
    for (let i = 0; i < 4; ++i)
      numbers.push(await filed(agent, 'fileTicket', appeal(200 + 10 * n + i)))
  }
  for (const official of of('official').slice(0, 4)) {
    numbers.push(await filed(official, 'fileVisit', appeal(300 + numbers.length)))
  }
  await settle(numbers)
  await handOut(of('dispatcher')[0] as Caller, numbers)
  return { callers, numbers }
}

async function settle(numbers: readonly string[]): Promise<void> {
  const list = numbers.map((number) => `'${number}'`).join()
  for (let tries = 0; tries < 200; ++tries) {
    const there = rows(`SELECT COUNT(*) FROM ticket WHERE number IN (${list})`)[0]?.[0]
    if (Number(there) === numbers.length) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('appeals were accepted and are no tickets after 20 s')
}

/** The dispatcher gives what still waits for him to the units of the demonstration accounts, with helpers. */
async function handOut(dispatcher: Caller, numbers: readonly string[]): Promise<void> {
  const units = rows(
    'SELECT DISTINCT unit_id FROM account WHERE unit_id IS NOT NULL AND demonstration=1 ORDER BY unit_id',
  ).map(([id]) => Number(id))
  let n = 0
  for (const number of numbers) {
    const shown = await dispatcher.ask('getTicket', { path: { ticket_no: number } })
    const ticket = shown.body as { allowed_actions: string[] } | undefined
    if (!ticket?.allowed_actions.includes('dispatch')) continue
    const lead = units[n % units.length]
    const help = units[(n + 3) % units.length]
    n += 1
    await dispatcher.ask('act', {
      path: { ticket_no: number, action: 'dispatch' },
      headers: { 'If-Match': shown.headers.get('etag') ?? '' },
      body: { unit_id: lead, ...(n % 2 === 0 && lead !== help && { co_unit_ids: [help] }) },
    })
  }
}

/** Calls for two agents' extensions, so that each has some of his own. */
export async function ring(admin: Caller): Promise<void> {
  const made = await admin.ask('createToken', { body: { name: 'probe', scope: 'cti', days: 1 } })
  const platform = machine((made.body as { token: string }).token)
  const extensions = rows("SELECT extension FROM account WHERE extension<>'' ORDER BY id LIMIT 2")
  const stamp = Date.now()
  const events = extensions.flatMap(([agent = ''], n) =>
    ['call.offered', 'call.answered', 'call.ended'].map((type, i) => ({
      event_id: `probe-${stamp}-${n}-${i}`,
      occurred_at: new Date(stamp + i * 1000).toISOString(),
      type,
      call_id: `probe-${stamp}-${n}`,
      ani: canary(),
      agent,
    })),
  )
  const answer = await platform.ask('postCtiEvents', {
    headers: { 'X-Cti-Source': 'probe' },
    body: events,
  })
  if (answer.status !== 202) throw new Error(`call events: ${answer.text}`)
}
