import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { rowCounts } from './setup/instance'
import { nobody, type Answer } from './setup/caller'
import { good, isRefused, said, submit, there, type Problem } from './setup/refusal'

const submitRaw = (raw: BodyInit, headers: Record<string, string> = {}): Promise<Answer> =>
  nobody.ask('submitAppeal', { raw, headers })
const bytes = (...parts: (string | number[])[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part)] : part)),
  )

const wrongMethod = (): Promise<Answer> =>
  said(
    'PUT /api/v1/appeals HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
  )
const nowhere = (): Promise<Answer> =>
  said('GET /api/v1/nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')

let before: Record<string, number> = {}
const lettersBefore = rowCounts()['dead_letter']
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
      'malformed_json',
    ],
    ['a NUL byte', () => submitRaw(bytes('{"content":"停', [0], '电"}')), 400, 'invalid_utf8'],
    [
      'an escaped NUL',
      () =>
        submitRaw('{"content":"停电\\u0000三天了，请处理","appellant":{"phone":"13909130000"}}'),
      422,
      'validation_failed',
      'content',
    ],
    ['a list instead of an object', () => submit([good]), 422, 'wrong_type'],
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
      400,
      'idempotency_key_missing',
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

afterAll(() => {
  // What was accepted along the way is a ticket; nothing else is left.
  expect(rowCounts()['dead_letter']).toBe(lettersBefore)
})
