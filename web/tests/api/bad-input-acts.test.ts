import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { rowCounts, rows } from './setup/instance'
import { caller, nobody, type Answer, type Caller } from './setup/caller'
import { first, good, isRefused, submit, there } from './setup/refusal'

let before: Record<string, number> = {}
beforeEach(() => {
  before = rowCounts()
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
