import { createConnection } from 'node:net'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { accounts, baseUrl, rowCounts, rows } from './setup/instance'
import type { Caller } from './setup/caller'
import { caller, nobody, type Answer } from './setup/caller'

interface Problem {
  code: string
  detail: string
  title: string
  allowed_actions?: string[]
  errors?: { field: string; code: string; message: string }[]
}

const good = {
  content: '我们是蒲城县孙镇铸件厂，供电上午断了三次，请安排抢修。',
  appellant: { phone: '13909130000' },
}
const submit = (body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  nobody.ask('submitAppeal', { body, headers })
const submitRaw = (raw: BodyInit, headers: Record<string, string> = {}): Promise<Answer> =>
  nobody.ask('submitAppeal', { raw, headers })
const bytes = (...parts: (string | number[])[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part)] : part)),
  )

let before: Record<string, number> = {}
const first = (role: string): string => accounts.find((each) => each.role === role)?.login ?? ''

/** The right status, a problem in words a person can use, the field named, and nothing written. */
function isRefused(answer: Answer, status: number, code: string, field?: string): void {
  const problem = answer.body as Problem | undefined
  const short = answer.text.slice(0, 400)
  expect([answer.status, problem?.code, short]).toEqual([status, code, short])
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  expect(problem?.title).toMatch(/\p{Script=Han}/u)
  expect(problem?.detail).toMatch(/\p{Script=Han}/u)
  if (field) {
    const named = problem?.errors?.find((each) => each.field === field)
    expect(named, short).toBeDefined()
    expect(named?.message).toMatch(/\p{Script=Han}/u)
  }
  expect(answer.breaches).toEqual([])
}

beforeEach(() => {
  before = rowCounts()
})

describe('an appeal that cannot be taken', () => {
  const long = '长'.repeat(4001)
  const cases: [string, () => Promise<Answer>, number, string, string?][] = [
    ['no JSON at all', () => submitRaw('content=停电'), 400, 'malformed_json'],
    ['half a JSON object', () => submitRaw('{"content":"停电了'), 400, 'malformed_json'],
    ['two JSON objects', () => submitRaw('{}{}'), 400, 'malformed_json'],
    ['nothing', () => submitRaw(''), 400, 'malformed_json'],
    ['very deep JSON', () => submitRaw('['.repeat(5000)), 400, 'malformed_json'],
    [
      'invalid UTF-8',
      () => submitRaw(bytes('{"content":"', [0xff, 0xfe], '"}')),
      400,
      'invalid_utf8',
    ],
    [
      'a lone surrogate',
      () =>
        submitRaw('{"content":"供电断了\\ud800三次，请处理","appellant":{"phone":"13909130000"}}'),
      400,
      'invalid_utf8',
    ],
    ['a NUL byte', () => submitRaw(bytes('{"content":"停', [0], '电"}')), 400, 'invalid_utf8'],
    [
      'an escaped NUL',
      () =>
        submitRaw('{"content":"停电\\u0000三天了，请处理","appellant":{"phone":"13909130000"}}'),
      400,
      'invalid_utf8',
    ],
    ['a list instead of an object', () => submit([good]), 422, 'validation_failed'],
    [
      'a number as content',
      () => submit({ ...good, content: 5 }),
      422,
      'validation_failed',
      'content',
    ],
    [
      'null as content',
      () => submit({ ...good, content: null }),
      422,
      'validation_failed',
      'content',
    ],
    [
      'a list as appellant',
      () => submit({ ...good, appellant: [] }),
      422,
      'validation_failed',
      'appellant',
    ],
    [
      'a number as phone',
      () => submit({ ...good, appellant: { phone: 13909130000 } }),
      422,
      'validation_failed',
      'appellant.phone',
    ],
    [
      'a word as amount',
      () => submit({ ...good, amount_yuan: '三万' }),
      422,
      'validation_failed',
      'amount_yuan',
    ],
    [
      'a negative amount',
      () => submit({ ...good, amount_yuan: -1 }),
      422,
      'validation_failed',
      'amount_yuan',
    ],
    [
      'an amount beyond counting',
      () => submit({ ...good, amount_yuan: 1e300 }),
      422,
      'validation_failed',
      'amount_yuan',
    ],
    [
      'no content',
      () => submit({ appellant: good.appellant }),
      422,
      'validation_failed',
      'content',
    ],
    [
      'empty content',
      () => submit({ ...good, content: ' 　' }),
      422,
      'validation_failed',
      'content',
    ],
    [
      'content too short',
      () => submit({ ...good, content: '停电' }),
      422,
      'validation_failed',
      'content',
    ],
    [
      'content too long',
      () => submit({ ...good, content: long }),
      422,
      'validation_failed',
      'content',
    ],
    [
      'a title too long',
      () => submit({ ...good, title: '长'.repeat(41) }),
      422,
      'validation_failed',
      'title',
    ],
    [
      'no appellant',
      () => submit({ content: good.content }),
      422,
      'validation_failed',
      'appellant',
    ],
    [
      'no phone',
      () => submit({ ...good, appellant: {} }),
      422,
      'validation_failed',
      'appellant.phone',
    ],
    [
      'a phone of letters',
      () => submit({ ...good, appellant: { phone: 'abc' } }),
      422,
      'validation_failed',
      'appellant.phone',
    ],
    [
      'a bad credit code',
      () => submit({ ...good, uscc: '91610500MA6Y00000' }),
      422,
      'validation_failed',
      'uscc',
    ],
    [
      'an unknown district',
      () => submit({ ...good, division: '110101' }),
      422,
      'validation_failed',
      'division',
    ],
    [
      'an unknown town',
      () => submit({ ...good, town: '999999999' }),
      422,
      'validation_failed',
      'town',
    ],
    ['an unknown type', () => submit({ ...good, type: 'rant' }), 422, 'validation_failed', 'type'],
    [
      'an unknown topic',
      () => submit({ ...good, topic: '外星人' }),
      422,
      'validation_failed',
      'topic',
    ],
    [
      'a field there is not',
      () => submit({ ...good, is_admin: true }),
      422,
      'validation_failed',
      'is_admin',
    ],
    [
      'a field of the agents’ form',
      () => submit({ ...good, urgency: 'critical' }),
      422,
      'validation_failed',
      'urgency',
    ],
    [
      'a key too short',
      () => submit(good, { 'Idempotency-Key': 'a' }),
      422,
      'validation_failed',
      'Idempotency-Key',
    ],
    ['no key', () => submit(good, { 'Idempotency-Key': '' }), 400, 'idempotency_key_missing'],
    [
      'a form instead of JSON',
      () => submit(good, { 'Content-Type': 'application/x-www-form-urlencoded' }),
      415,
      'unsupported_media_type',
    ],
    [
      'a body over its bound',
      () => submit({ ...good, content: 'x'.repeat(100_000) }),
      413,
      'body_too_large',
    ],
    ['a body of 20 MB', () => submitRaw('x'.repeat(20 * 1024 * 1024)), 413, 'body_too_large'],
    ['the wrong method', () => wrongMethod(), 405, 'method_not_allowed'],
    ['no such place', () => nowhere(), 404, 'not_found'],
  ]
  test.each(cases)('%s', async (_, ask, status, code, field) => {
    isRefused(await ask(), status, code, field)
    expect(rowCounts()).toEqual(before)
  })

  test('the same key with another body is refused, with the same body answered again', async () => {
    const key = { 'Idempotency-Key': randomUUID() }
    const one = await submit(good, key)
    expect([201, 202]).toContain(one.status)
    await there((one.body as { ticket_no: string }).ticket_no)
    before = rowCounts()
    const again = await submit(good, key)
    expect((again.body as { ticket_no: string }).ticket_no).toBe(
      (one.body as { ticket_no: string }).ticket_no,
    )
    isRefused(await submit({ ...good, title: '另一件事' }, key), 422, 'idempotency_key_reused')
    expect(rowCounts()).toEqual(before)
  })

  test('the problem is in English for who prefers it', async () => {
    const answer = await submit({ ...good, uscc: '1' }, { 'Accept-Language': 'en' })
    const problem = answer.body as Problem
    expect(problem.errors?.[0]?.message).not.toMatch(/\p{Script=Han}/u)
    expect(problem.detail).not.toMatch(/\p{Script=Han}/u)
  })
})

describe('the public query', () => {
  test('a wrong code, a number that is not there and no code are told in the same words', async () => {
    const made = await submit(good)
    const { ticket_no } = made.body as { ticket_no: string }
    await there(ticket_no)
    before = rowCounts()
    const wrong = await nobody.ask('followAppeal', {
      path: { ticket_no },
      query: { code: 'AAAAAA' },
    })
    isRefused(wrong, 404, 'wrong_query_code')
    const none = await nobody.ask('followAppeal', {
      path: { ticket_no: 'WN299912310000018' },
      query: { code: 'AAAAAA' },
    })
    const words = (answer: Answer): string => answer.text.replace(/"request_id":"[^"]*"/, '')
    expect(words(none)).toBe(words(wrong))
    isRefused(await nobody.ask('followAppeal', { path: { ticket_no } }), 404, 'wrong_query_code')
    const rating = { code: 'AAAAAA', solved: 'yes', satisfaction: 'satisfied' }
    isRefused(
      await nobody.ask('rateAppeal', { path: { ticket_no }, body: rating }),
      404,
      'wrong_query_code',
    )
    expect(rowCounts()).toEqual(before)
  })
})

describe('an act that cannot be done', () => {
  let dispatcher: Caller
  let number = ''
  let etag = ''

  beforeAll(async () => {
    dispatcher = await caller(first('dispatcher'))
    const made = await submit(good)
    number = (made.body as { ticket_no: string }).ticket_no
    await there(number)
    const shown = await dispatcher.ask('getTicket', { path: { ticket_no: number } })
    etag = shown.headers.get('etag') ?? ''
    expect(shown.breaches).toEqual([])
  })

  const act = (action: string, body: object, headers: Record<string, string> = {}) =>
    dispatcher.ask('act', {
      path: { ticket_no: number, action },
      body,
      headers: { 'If-Match': etag, ...headers },
    })

  test('a stale version', async () => {
    isRefused(await act('note', { reason: '核实中' }, { 'If-Match': '"99"' }), 412, 'stale_version')
    expect(rowCounts()).toEqual(before)
  })
  test('no version', async () => {
    isRefused(
      await act('note', { reason: '核实中' }, { 'If-Match': '' }),
      428,
      'precondition_required',
    )
    expect(rowCounts()).toEqual(before)
  })
  test('an act this state does not have says which it has', async () => {
    const answer = await act('review_pass', {})
    isRefused(answer, 409, 'not_allowed_in_state')
    expect(answer.headers.get('content-type')).toContain('problem')
    expect(rowCounts()).toEqual(before)
  })
  test('an act there is not', async () => {
    const answer = await act('explode', {})
    expect([404, 422]).toContain(answer.status)
    expect(answer.breaches).toEqual([])
    expect(rowCounts()).toEqual(before)
  })
  test('an act of another role', async () => {
    const reviewer = await caller(first('reviewer'))
    const answer = await reviewer.ask('act', {
      path: { ticket_no: number, action: 'sign_for' },
      headers: { 'If-Match': etag },
      body: {},
    })
    expect([403, 409]).toContain(answer.status)
    expect(answer.breaches).toEqual([])
    expect(rowCounts()).toEqual(before)
  })
  test('a unit that is not there, a field of the wrong type, a field of another form', async () => {
    isRefused(await act('dispatch', { unit_id: 99_999_999 }), 422, 'validation_failed', 'unit_id')
    isRefused(await act('dispatch', { unit_id: 'x' }), 422, 'validation_failed', 'unit_id')
    isRefused(
      await act('note', { reason: '好', solved: 'yes' }),
      422,
      'validation_failed',
      'solved',
    )
    isRefused(await act('note', { reason: '长'.repeat(1001) }), 422, 'validation_failed', 'reason')
    expect(rowCounts()).toEqual(before)
  })
  test('a request from another site, one without its token, one after log-out', async () => {
    isRefused(
      await act('note', { reason: '好' }, { Origin: 'https://evil.example' }),
      403,
      'origin_not_allowed',
    )
    isRefused(await act('note', { reason: '好' }, { 'X-CSRF-Token': 'x' }), 403, 'csrf_failed')
    const gone = await caller(first('supervisor'))
    expect((await gone.ask('logout')).status).toBe(204)
    const answer = await gone.ask('act', {
      path: { ticket_no: number, action: 'note' },
      headers: { 'If-Match': etag },
      body: { reason: '好' },
    })
    expect(answer.status).toBe(401)
    expect(rowCounts()).toEqual(before)
  })
  test('a session that is over', async () => {
    const old = await caller(first('manager'))
    rows(
      `UPDATE session s JOIN account a ON a.id=s.account_id
          SET s.seen_at=s.seen_at - INTERVAL 1 DAY, s.created_at=s.created_at - INTERVAL 2 DAY,
              s.expires_at=s.expires_at - INTERVAL 2 DAY
        WHERE a.login='${first('manager')}'`,
    )
    // A server believes a session for two seconds without asking the database.
    await new Promise((resolve) => setTimeout(resolve, 3000))
    isRefused(await old.ask('listTickets'), 401, 'session_expired')
  })
})

describe('lists and other questions', () => {
  let dispatcher: Caller
  beforeAll(async () => {
    dispatcher = await caller(first('dispatcher'))
  })
  const cases: [string, Record<string, string>, string][] = [
    ['a state there is not', { state: 'lost' }, 'state'],
    ['a limit of zero', { limit: '0' }, 'limit'],
    ['a limit beyond the bound', { limit: '100000' }, 'limit'],
    ['a cursor of somebody’s making', { cursor: 'AAAA' }, 'cursor'],
    ['a word as unit', { unit_id: "1' OR '1'='1" }, 'unit_id'],
    ['an order there is not', { sort: 'random' }, 'sort'],
    ['words without end', { q: '长'.repeat(101) }, 'q'],
  ]
  test.each(cases)('%s', async (_, query, field) => {
    isRefused(await dispatcher.ask('listTickets', { query }), 422, 'validation_failed', field)
  })
  test('SQL in the search is words like any other', async () => {
    const answer = await dispatcher.ask('listTickets', {
      query: { q: "'; DROP TABLE ticket; -- 供电" },
    })
    expect(answer.status).toBe(200)
    expect(rowCounts()).toEqual(before)
  })
})

async function there(number: string): Promise<void> {
  for (let tries = 0; tries < 100; ++tries) {
    if (rows(`SELECT id FROM ticket WHERE number='${number}'`).length === 1) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${number} did not become a ticket`)
}

/** One request in so many bytes, for what no client library would send. */
function said(text: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(baseUrl)
    const socket = createConnection(Number(port), hostname)
    let got = ''
    socket.setTimeout(15_000, () => socket.destroy(new Error('no answer')))
    socket.on('data', (data) => (got += data.toString()))
    socket.on('error', reject)
    socket.on('end', () => {
      const [head = '', body = ''] = got.split('\r\n\r\n')
      const type = /content-type: ([^\r]*)/i.exec(head)?.[1] ?? ''
      resolve({
        operationId: '',
        status: Number(head.split(' ')[1]),
        headers: new Headers({ 'content-type': type }),
        text: body,
        body: (body === '' ? undefined : JSON.parse(body)) as never,
        breaches: [],
      })
    })
    socket.write(text)
  })
}

const wrongMethod = (): Promise<Answer> =>
  said(
    'PUT /api/v1/appeals HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
  )
const nowhere = (): Promise<Answer> =>
  said('GET /api/v1/nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')

describe('requests that are not proper HTTP', () => {
  const close = 'Connection: close\r\n'
  const cases: [string, string, number][] = [
    ['no Host', `GET /api/v1/reference HTTP/1.1\r\n${close}\r\n`, 400],
    [
      'two lengths',
      `POST /api/v1/appeals HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n${close}\r\nab`,
      400,
    ],
    [
      'length and chunks',
      `POST /api/v1/appeals HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n${close}\r\n0\r\n\r\n`,
      400,
    ],
    ['a NUL in the path', `GET /api/v1/appeals/%00 HTTP/1.1\r\nHost: a\r\n${close}\r\n`, 400],
    [
      'a header without end',
      `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n${close}\r\n`,
      431,
    ],
  ]
  test.each(cases)('%s', async (_, text, status) => {
    const answer = await said(text)
    expect(answer.status).toBe(status)
    expect(rowCounts()).toEqual(before)
  })
})

afterAll(() => {
  // What was accepted along the way is a ticket; nothing else is left.
  expect(rows('SELECT COUNT(*) FROM dead_letter')[0]?.[0]).toBe('0')
})
