import { createConnection } from 'node:net'
import { expect } from 'vitest'
import { accounts, baseUrl, rows } from './instance'
import { nobody, type Answer } from './caller'

export interface Problem {
  code: string
  detail: string
  title: string
  errors?: { field: string; code: string; message: string }[]
}

/** An appeal that would be taken; each test spoils one thing in it. */
export const good = {
  content: '我们是蒲城县孙镇铸件厂，供电上午断了三次，请安排抢修。',
  appellant: { phone: '13909130000' },
}

export const submit = (body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  nobody.ask('submitAppeal', { body, headers })

/** The first demonstration account of a role. */
export const first = (role: string): string =>
  accounts.find((each) => each.role === role)?.login ?? ''

/** The right status, a problem in words a person can use, and the field named. */
export function isRefused(answer: Answer, status: number, code: string, field?: string): void {
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

/** Waits until the appeal is a ticket. */
export async function there(number: string): Promise<void> {
  for (let tries = 0; tries < 100; ++tries) {
    if (rows(`SELECT id FROM ticket WHERE number='${number}'`).length === 1) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${number} did not become a ticket`)
}

/** One request in so many bytes, for what no client library would send. */
export function said(text: string): Promise<Answer> {
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
