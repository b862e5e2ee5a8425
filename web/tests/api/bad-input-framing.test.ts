import { beforeEach, describe, expect, test } from 'vitest'
import { rowCounts } from './setup/instance'
import { said } from './setup/refusal'

let before: Record<string, number> = {}
beforeEach(() => {
  before = rowCounts()
})

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
