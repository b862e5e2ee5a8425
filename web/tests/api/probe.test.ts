import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { accounts, rowCounts, rows } from './setup/instance'
import { acts, operations } from './setup/contract'
import { each, nobody, type Answer, type Caller, type Question } from './setup/caller'
import {
  maySee,
  maySeeFirm,
  maySeeCaller,
  maySeePhone,
  readCalls,
  readFirms,
  readPeople,
  readTickets,
  type Call,
  type Person,
  type Row,
} from './setup/oracle'
import { elsewhere, nothingThere, places, unknownTicket } from './setup/places'
import { allowed, handlers, unit } from './setup/rights'
import { matters, ring, world } from './setup/world'

/** Fewer where every change is waited for: the walk is the same, only its repetitions are. */
const requestsWanted = Number(process.env.PROBE_REQUESTS ?? (process.env.CI ? 4_000 : 10_000))

let callers: Caller[] = []
let people = new Map<string, Person>()
let tickets: Row[] = []
let calls: Call[] = []
let asked = 0
const breaches = new Set<string>()
const slips = new Set<string>()

/** Every answer of the probe passes here: the contract, and whose numbers it shows. */
async function ask(by: Caller, operationId: string, question: Question = {}): Promise<Answer> {
  const answer = await by.ask(operationId, question)
  asked += 1
  for (const breach of answer.breaches) breaches.add(breach)
  // A whole number; not eleven digits inside a hash.
  for (const found of answer.text.match(/(?<![0-9A-Za-z])19\d{9}(?![0-9A-Za-z])/g) ?? []) {
    const person = people.get(by.login)
    const fine =
      person &&
      (tickets.some((ticket) => ticket.phone === found && maySeePhone(person, ticket)) ||
        calls.some((call) => call.number === found && maySeeCaller(person, call)))
    if (!fine) slips.add(`${operationId} showed ${by.login} (${by.role}) ${found}`)
  }
  return answer
}

const scopeOf = (by: Caller): Row[] => {
  const person = people.get(by.login)
  return tickets.filter((ticket) => person && maySee(person, ticket))
}

beforeAll(async () => {
  // A17 opens to an agent what belongs to who called in the last hour: other tests' calls are nobody's here.
  rows('UPDATE phone_call SET agent_user_id=NULL')
  const made = await world(accounts)
  callers = made.callers
  const admin = callers.find(({ role }) => role === 'admin')
  if (admin) await ring(admin)
  people = readPeople()
  for (const { login, role } of accounts) {
    const person = people.get(login)
    if (person) person.role = role
  }
  tickets = readTickets()
  calls = readCalls()
})

describe('the probe', { timeout: 240_000 }, () => {
  test('has own and foreign tickets for every role with a scope of its own', () => {
    const roles = ['agent', 'official', 'unit_clerk', 'unit_leader', 'manager']
    for (const role of roles) {
      const scopes = callers.filter((by) => by.role === role).map((by) => scopeOf(by).length)
      expect(Math.max(...scopes), `${role} has tickets`).toBeGreaterThan(0)
      expect(Math.min(...scopes), `${role} has not all`).toBeLessThan(tickets.length)
    }
  })

  test('every route of the contract is either walked here or named as another test’s', () => {
    const walked = new Set([
      ...Object.keys(allowed),
      ...elsewhere,
      'getMe',
      'liveTicket',
      'getTicket',
      'listEvents',
      'listSimilar',
      'act',
      'reveal',
      'attach',
      'getAttachment',
      'getAttachmentPreview',
      'releaseAttachment',
    ])
    expect(
      operations.map(({ operationId }) => operationId).filter((id) => !walked.has(id)),
    ).toEqual([])
  })

  test('nobody without a session gets anything', async () => {
    const guarded = operations.filter(({ operationId }) => !elsewhere.has(operationId))
    const ticket_no = tickets[0]?.number ?? ''
    const ids = { user_id: 1, token_id: 1, attachment_id: 1 }
    const path = { ...places, ...ids, ticket_no, action: 'note' }
    for (const { operationId } of guarded) {
      const answer = await ask(nobody, operationId, { path: { ...path, dead_letter_id: 1 } })
      expect([operationId, answer.status]).toEqual([operationId, 401])
    }
  })

  test('what a role has no business with is 403, for each route and role', async () => {
    const before = rowCounts()
    const path = { ...places, user_id: 999_999, token_id: 999_999, dead_letter_id: 999_999 }
    for (const by of callers) {
      for (const [operationId, roles] of Object.entries(allowed)) {
        if (roles.includes(by.role)) continue
        const answer = await ask(by, operationId, { path, body: bodyFor(operationId) })
        expect([by.login, operationId, answer.status]).toEqual([by.login, operationId, 403])
      }
    }
    expect(rowCounts()).toEqual(before)
  })

  test('what a role may read it gets', async () => {
    for (const by of callers) {
      for (const [operationId, roles] of Object.entries(allowed)) {
        const reading = operations.find((of) => of.operationId === operationId)?.method === 'GET'
        if (!roles.includes(by.role) || !reading || nothingThere.has(operationId)) continue
        const query = operationId === 'listOfficials' ? { unit_id: 1 } : { q: '公司' }
        const answer = await ask(by, operationId, { path: places, query })
        expect([by.login, operationId, answer.status, answer.text.slice(0, 200)]).toEqual([
          by.login,
          operationId,
          200,
          answer.text.slice(0, 200),
        ])
      }
    }
  })

  test('a unit’s figures are its own', async () => {
    for (const by of callers.filter(({ role }) => unit.includes(role))) {
      const own = Number(people.get(by.login)?.unit)
      expect((await ask(by, 'getKpi', { query: { unit_id: own } })).status).toBe(200)
      const others = rows(`SELECT id FROM unit WHERE level=1 AND id<>${own} LIMIT 1`)[0]?.[0]
      const answer = await ask(by, 'getKpi', { query: { unit_id: Number(others) } })
      expect([by.login, others, answer.status]).toEqual([by.login, others, 403])
    }
  })

  test('a list, its pages, filters and counts hold exactly what is in scope', async () => {
    for (const by of callers.filter(({ role }) => handlers.includes(role))) {
      const inScope = scopeOf(by)
        .map(({ number }) => number)
        .sort()
      expect([by.login, (await listed(by, {})).sort()]).toEqual([by.login, inScope])
      for (const query of filters) {
        const seen = await listed(by, query)
        expect([by.login, query, seen.filter((number) => !inScope.includes(number))]).toEqual([
          by.login,
          query,
          [],
        ])
      }
      const counts = (await ask(by, 'countTickets')).body as { by_state: Record<string, number> }
      const sum = Object.values(counts.by_state).reduce((all, some) => all + some, 0)
      const open = await listed(by, { state: 'open' })
      expect([by.login, sum]).toEqual([by.login, open.length])
    }
  })

  test('what may be the same and what is hot is told out of what is in scope', async () => {
    const wrong: string[] = []
    let told = 0
    await each(
      callers.filter(({ role }) => handlers.includes(role)),
      async (by) => {
        const inScope = new Set(scopeOf(by).map(({ number }) => number))
        const look = (operationId: string, shown: { ticket_no: string }[]) => {
          told += shown.length
          for (const { ticket_no } of shown)
            if (!inScope.has(ticket_no)) wrong.push(`${operationId} ${by.login}: ${ticket_no}`)
        }
        for (const [firm, words] of matters) {
          const body = { content: `我们是${firm}，${words}`, limit: 20 }
          const answer = await ask(by, 'findSimilar', { body })
          const found = answer.body as { items: { ticket: { ticket_no: string } }[] }
          look(
            'findSimilar',
            found.items.map(({ ticket }) => ticket),
          )
        }
        const hot = (await ask(by, 'listHotTopics')).body as {
          items: { appeals: number; tickets: { ticket_no: string }[] }[]
        }
        for (const { appeals, tickets: shown } of hot.items) {
          look('listHotTopics', shown)
          if (appeals > inScope.size) wrong.push(`listHotTopics ${by.login}: ${String(appeals)}`)
        }
      },
    )
    expect(wrong.slice(0, 10)).toEqual([])
    expect(told).toBeGreaterThan(0)
  })

  test('one ticket and its log are shown in scope and are as unknown as an invented number outside', async () => {
    const wrong: string[] = []
    await each(
      callers.flatMap((by) => tickets.map((ticket) => ({ by, ticket }))),
      async ({ by, ticket }) => {
        const person = people.get(by.login)
        const may = person !== undefined && maySee(person, ticket)
        const expected = may ? 200 : handlers.includes(by.role) ? 404 : 403
        for (const operationId of ['getTicket', 'listEvents', 'listSimilar']) {
          const answer = await ask(by, operationId, { path: { ticket_no: ticket.number } })
          if (answer.status !== expected) {
            wrong.push(`${operationId} ${ticket.number} ${by.login}: ${answer.status}`)
          }
        }
      },
    )
    expect(wrong).toEqual([])
  })

  test('an enterprise’s page is for who has to do with it, and as unknown as an invented one to others', async () => {
    const wrong: string[] = []
    const firms = readFirms()
    const refused = new Set<string>()
    await each(
      callers
        .filter(({ role }) => handlers.includes(role))
        .flatMap((by) => firms.map((firm) => ({ by, firm }))),
      async ({ by, firm }) => {
        const person = people.get(by.login)
        const own = tickets.filter(({ enterprise, secret }) => enterprise === firm.id && !secret)
        const may = person !== undefined && maySeeFirm(person, firm, own)
        if (!may) refused.add(by.role)
        for (const operationId of ['getEnterprise', 'getEnterpriseTimeline']) {
          const answer = await ask(by, operationId, { path: { enterprise_id: Number(firm.id) } })
          const none = await ask(by, operationId, { path: { enterprise_id: 999_999_999 } })
          if (none.status !== 404) wrong.push(`${operationId} invented: ${String(none.status)}`)
          if (answer.status !== (may ? 200 : 404))
            wrong.push(`${operationId} ${firm.id} ${by.login}: ${String(answer.status)}`)
          if (!may && sameWords(answer) !== sameWords(none)) wrong.push(`told apart: ${by.login}`)
        }
      },
    )
    expect(wrong.slice(0, 10)).toEqual([])
    expect([...refused].sort()).toEqual(['manager', 'official', 'unit_clerk', 'unit_leader'])
  })

  test('a file is shown to who sees its ticket, and is as unknown as an invented one to others', async () => {
    const supervisor = callers.find(({ role }) => role === 'supervisor') as Caller
    const photo = new Uint8Array(readFileSync('screenshots/dash.png'))
    const files: { ticket: Row; id: number }[] = []
    for (const ticket of tickets.filter(({ state }) => takesFiles.has(state)).slice(0, 12)) {
      const answer = await ask(supervisor, 'attach', {
        path: { ticket_no: ticket.number },
        query: { name: '现场.png', internal: true },
        raw: photo,
      })
      // 200 where a probe of before has added it.
      expect([200, 201], answer.text).toContain(answer.status)
      files.push({ ticket, id: (answer.body as { id: number }).id })
    }
    expect(files.length).toBeGreaterThan(3)
    const wrong: string[] = []
    await each(
      callers.flatMap((by) => files.map((file) => ({ by, ...file }))),
      async ({ by, ticket, id }) => {
        const person = people.get(by.login)
        const may = person !== undefined && maySee(person, ticket)
        const expected = may ? 200 : handlers.includes(by.role) ? 404 : 403
        const path = { ticket_no: ticket.number, attachment_id: id }
        for (const operationId of ['getAttachment', 'getAttachmentPreview']) {
          const answer = await ask(by, operationId, { path })
          if (answer.status !== expected) wrong.push(`${operationId} ${by.login}: ${answer.status}`)
        }
        if (may) return
        const released = await ask(by, 'releaseAttachment', { path, body: { reason: '核对' } })
        const none = await ask(by, 'releaseAttachment', {
          path: { ...path, ticket_no: unknownTicket },
          body: { reason: '核对' },
        })
        if (sameWords(released) !== sameWords(none)) wrong.push(`release by ${by.login}`)
        const added = await ask(by, 'attach', { path, query: { name: 'a.txt' }, raw: '证据' })
        const nowhere = await ask(by, 'attach', {
          path: { ticket_no: unknownTicket },
          query: { name: 'a.txt' },
          raw: '证据',
        })
        if (added.status < 400 || sameWords(added) !== sameWords(nowhere))
          wrong.push(`attach by ${by.login}: ${added.text}`)
      },
    )
    expect(wrong.slice(0, 10)).toEqual([])
  })

  test('an act or a reveal on a foreign ticket answers as on one that is not there; none writes', async () => {
    const before = versions()
    const wrong: string[] = []
    const left = Math.max(requestsWanted - asked, callers.length * 40)
    const each_ = Math.ceil(left / (2 * callers.length))
    await each(
      callers.flatMap((by, i) =>
        Array.from({ length: each_ }, (_, k) => ({ by, k: i * 7919 + k })),
      ),
      async ({ by, k }) => {
        const ticket = tickets[(k * 31) % tickets.length] as Row
        const action = acts[k % acts.length] as string
        const person = people.get(by.login)
        const foreign = !person || !maySee(person, ticket)
        const shapes = [ticket.number, unknownTicket].map((ticket_no) =>
          k % 9 === 0
            ? ask(by, 'reveal', { path: { ticket_no }, body: { field: 'nothing', reason: '核对' } })
            : ask(by, 'act', {
                path: { ticket_no, action },
                headers: { 'If-Match': '"0"' },
                body: {},
              }),
        )
        const [one, none] = (await Promise.all(shapes)) as [Answer, Answer]
        if (one.status < 400) wrong.push(`${action} by ${by.login}: ${one.status}`)
        if (foreign && sameWords(one) !== sameWords(none)) {
          wrong.push(`${action} by ${by.login} on ${ticket.number}: ${one.text} ≠ ${none.text}`)
        }
      },
    )
    expect(wrong.slice(0, 10)).toEqual([])
    expect(versions()).toEqual(before)
  })

  test('no answer of the probe showed a number it should not have, or broke the contract', () => {
    console.log(`probe: ${asked} requests, ${callers.length} people, ${tickets.length} tickets`)
    expect([...slips]).toEqual([])
    expect([...breaches]).toEqual([])
    expect(asked).toBeGreaterThanOrEqual(requestsWanted)
  })
})

/** Open states and the draft, as the database numbers them. */
const takesFiles = new Set(['1', '2', '3', '4', '5', '6', '7', '8'])

const filters = [
  { state: 'open' },
  { q: '供电' },
  { q: '联系电话' },
  { sort: 'due' },
  { overdue: true },
  { mine: true },
  { division: '610526' },
  { urgency: 'normal' },
  { unit_id: 1 },
]

const versions = (): string =>
  tickets.length === 0
    ? ''
    : readTickets()
        .map(({ number, state }) => number + state)
        .join()

const sameWords = (answer: Answer): string =>
  `${answer.status} ${answer.text.replace(/"request_id":"[^"]*"/, '')}`

function bodyFor(operationId: string): object | undefined {
  if (operationId === 'createUser') return { login: 'intruder', name: '闯入者', role: 'admin' }
  if (operationId === 'createToken') return { name: 'intruder', scope: 'cti' }
  const filing = ['fileTicket', 'fileVisit', 'requeueDeadLetter'].includes(operationId)
  if (filing) return { content: '这是一个不该被收下的诉求。', appellant: { phone: '13909130001' } }
  return undefined
}

async function listed(
  by: Caller,
  query: Record<string, string | number | boolean>,
): Promise<string[]> {
  const numbers: string[] = []
  for (let cursor = ''; ;) {
    const answer = await ask(by, 'listTickets', {
      query: { limit: 40, ...query, ...(cursor !== '' && { cursor }) },
    })
    expect([by.login, answer.status, answer.text.slice(0, 300)]).toEqual([
      by.login,
      200,
      answer.text.slice(0, 300),
    ])
    const page = answer.body as { items: { ticket_no: string }[]; next_cursor?: string }
    numbers.push(...page.items.map(({ ticket_no }) => ticket_no))
    if (!page.next_cursor) return numbers
    cursor = page.next_cursor
  }
}
