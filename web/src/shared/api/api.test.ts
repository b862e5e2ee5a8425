import { afterEach, describe, expect, it, vi } from 'vitest'
import { api, online, result, setCsrfToken, whenLoggedOut } from './client'
import { newKey } from './idempotency'
import { fieldErrors, mayRetry, networkCode, toProblem } from './problem'

function answerWith(make: (request: Request) => Response | Promise<Response>) {
  const seen: Request[] = []
  vi.stubGlobal('fetch', (request: Request) => {
    seen.push(request)
    return Promise.resolve().then(() => make(request))
  })
  return seen
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  })

afterEach(() => {
  vi.unstubAllGlobals()
  setCsrfToken(undefined)
})

describe('api client', () => {
  it('carries the CSRF token on unsafe requests only', async () => {
    const seen = answerWith(() => new Response('{}', { status: 200 }))
    setCsrfToken('t0ken')
    await result(api.GET('/me'))
    await result(api.POST('/live/ticket'))
    expect(seen.map((request) => request.headers.get('X-CSRF-Token'))).toEqual([null, 't0ken'])
    expect(seen[0]?.headers.get('Accept-Language')).toBe('zh-CN')
  })

  it('gives a problem as a value, with the wait the server asked for', async () => {
    answerWith(() =>
      json(
        503,
        { type: 'x', title: '繁忙', status: 503, code: 'queue_full', detail: '请稍后' },
        { 'Retry-After': '7' },
      ),
    )
    const answer = await result(api.GET('/me'))
    expect(answer.ok ? undefined : answer.problem).toMatchObject({
      code: 'queue_full',
      retry_after: 7,
    })
  })

  it('notices that the server cannot be reached, and when it can again', async () => {
    answerWith(() => Promise.reject(new TypeError('failed')))
    const answer = await result(api.GET('/me'))
    expect(answer.ok ? undefined : answer.problem.code).toBe(networkCode)
    expect(online.value).toBe(false)
    answerWith(() => new Response('{}', { status: 200 }))
    await result(api.GET('/me'))
    expect(online.value).toBe(true)
  })

  it('tells when the session is gone', async () => {
    const gone = vi.fn()
    whenLoggedOut(gone)
    answerWith(() => json(401, {}))
    await result(api.GET('/me'))
    expect(gone).toHaveBeenCalledOnce()
  })
})

describe('problems', () => {
  it('makes a problem of an answer that is none, such as a proxy page', () => {
    const problem = toProblem('<html>', new Response('', { status: 502 }))
    expect(problem).toMatchObject({ status: 502, code: 'internal' })
    expect(mayRetry(problem)).toBe(true)
  })

  it('keeps the first message of each field', () => {
    const errors = [
      { field: 'content', code: 'too_short', message: '太短' },
      { field: 'content', code: 'invalid_utf8', message: '乱码' },
      { field: 'appellant.phone', code: 'invalid_format', message: '号码有误' },
    ]
    expect(
      fieldErrors({
        type: '',
        title: '',
        status: 400,
        code: 'validation_failed',
        detail: '',
        errors,
      }),
    ).toEqual({ content: '太短', 'appellant.phone': '号码有误' })
    expect(fieldErrors(undefined)).toEqual({})
  })

  it('does not offer to send a wrong request again', () => {
    expect(
      mayRetry({ type: '', title: '', status: 400, code: 'validation_failed', detail: '' }),
    ).toBe(false)
  })
})

describe('idempotency key', () => {
  it('is long enough, different each time, and needs no secure context', () => {
    expect(newKey()).not.toBe(newKey())
    vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array) => bytes.fill(7) })
    expect(newKey()).toBe('07'.repeat(16))
  })
})
