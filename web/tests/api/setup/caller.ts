import { randomUUID } from 'node:crypto'
import { accounts, baseUrl } from './instance'
import { breaches, operation } from './contract'

export interface Answer {
  operationId: string
  status: number
  headers: Headers
  text: string
  /** The parsed body; undefined when it is empty. */
  body: never
  breaches: string[]
}

export interface Question {
  /** Values for the braces of the path. */
  path?: Record<string, string | number>
  query?: Record<string, string | number | boolean>
  body?: unknown
  /** Sent as it is, whatever it is. */
  raw?: BodyInit
  headers?: Record<string, string>
}

/** Somebody who asks the server: logged in, a machine, or nobody. Every answer is held against the contract. */
export class Caller {
  constructor(
    readonly login: string,
    readonly role: string,
    readonly headers: Record<string, string>,
  ) {}

  async ask(operationId: string, question: Question = {}): Promise<Answer> {
    const of = operation(operationId)
    const path = of.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(String(question.path?.[name] ?? '0')),
    )
    const query = new URLSearchParams(
      Object.entries(question.query ?? {}).map(([name, value]) => [name, String(value)]),
    )
    const body =
      question.raw ?? (question.body === undefined ? undefined : JSON.stringify(question.body))
    const response = await fetch(`${baseUrl}/api/v1${path}${query.size > 0 ? `?${query}` : ''}`, {
      method: of.method,
      headers: {
        Origin: baseUrl,
        ...(of.method === 'POST' && { 'Idempotency-Key': randomUUID() }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...this.headers,
        ...question.headers,
      },
      ...(body !== undefined && { body }),
    })
    const text = await response.text()
    const type = response.headers.get('content-type') ?? ''
    return {
      operationId,
      status: response.status,
      headers: response.headers,
      text,
      body: (text !== '' && type.includes('json') ? JSON.parse(text) : undefined) as never,
      breaches: breaches(of, response.status, type, text),
    }
  }
}

export const nobody = new Caller('', 'nobody', {})

/** Logs in; the caller carries the cookies and the CSRF token from then on. */
export async function caller(login: string): Promise<Caller> {
  const account = accounts.find((each) => each.login === login)
  if (!account) throw new Error(`no demonstration account ${login}`)
  const { password } = account
  const answer = await nobody.ask('login', { body: { login, password } })
  if (answer.status !== 200) throw new Error(`no log-in as ${login}: ${answer.text}`)
  const cookies = answer.headers.getSetCookie().map((line) => line.split(';')[0])
  const { csrf_token } = answer.body as { csrf_token: string }
  return new Caller(login, account.role, { Cookie: cookies.join('; '), 'X-CSRF-Token': csrf_token })
}

export function machine(token: string): Caller {
  return new Caller('machine', 'machine', { Authorization: `Bearer ${token}` })
}

/** Runs `work` over the items, a few at a time. */
export async function each<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0
  const one = async (): Promise<void> => {
    while (next < items.length) await work(items[next++] as T)
  }
  await Promise.all(Array.from({ length: 12 }, one))
}
