import { randomUUID } from 'node:crypto'
import type { components } from '../../src/shared/api/schema'
import { baseUrl } from './environment'
import { account, peopleOf, type Account } from './people'

type Schemas = components['schemas']

/** What a test needs around its journey and no person would click for: read back, arrange, log in. */
export interface Client {
  me: Schemas['Me']
  get: <T>(path: string) => Promise<T>
  send: <T>(method: string, path: string, body?: unknown, headers?: HeadersInit) => Promise<T>
  /** The first bytes of a file, as text of one character each. */
  bytes: (path: string, first: number) => Promise<string>
  ticket: (ticketNo: string) => Promise<Schemas['Ticket']>
  act: (
    ticketNo: string,
    action: Schemas['Action'],
    body?: Schemas['ActInput'],
  ) => Promise<Schemas['Ticket']>
}

const json = { 'Content-Type': 'application/json', Origin: baseUrl }

async function answer<T>(response: Response): Promise<T> {
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.status} ${response.url}: ${text}`)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

const url = (path: string): string => `${baseUrl}/api/v1${path}`

export function clientOf(who: string): Promise<Client> {
  const { login, password } = account(who)
  return enter(login, password)
}

export async function enter(login: string, password: string): Promise<Client> {
  const body = JSON.stringify({ login, password })
  const entered = await fetch(url('/auth/login'), { method: 'POST', headers: json, body })
  const cookie = entered.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const me = await answer<Schemas['Me']>(entered)

  const send: Client['send'] = async (method, path, payload, headers) =>
    answer(
      await fetch(url(path), {
        method,
        headers: { ...json, Cookie: cookie, 'X-CSRF-Token': me.csrf_token, ...headers },
        ...(payload !== undefined && { body: JSON.stringify(payload) }),
      }),
    )
  const get: Client['get'] = (path) => send('GET', path)
  const bytes: Client['bytes'] = async (path, first) => {
    const headers = { Cookie: cookie, Range: `bytes=0-${String(first - 1)}` }
    const part = await fetch(url(path), { headers })
    if (part.status !== 206) throw new Error(`${String(part.status)} ${part.url}: no part of it`)
    return Buffer.from(await part.arrayBuffer()).toString('latin1')
  }
  const ticket = (ticketNo: string) => get<Schemas['Ticket']>(`/tickets/${ticketNo}`)
  const act: Client['act'] = async (ticketNo, action, input = {}) => {
    const read = await fetch(url(`/tickets/${ticketNo}`), { headers: { Cookie: cookie } })
    return send('POST', `/tickets/${ticketNo}/actions/${action}`, input, {
      'If-Match': read.headers.get('etag') ?? '',
      'Idempotency-Key': randomUUID(),
    })
  }
  return { me, get, send, bytes, ticket, act }
}

/** An appeal from the portal, without the portal. */
export async function submitAppeal(input: Schemas['AppealInput']): Promise<Schemas['Receipt']> {
  return answer(
    await fetch(url('/appeals'), {
      method: 'POST',
      headers: { ...json, 'Idempotency-Key': randomUUID() },
      body: JSON.stringify(input),
    }),
  )
}

export async function progressOf(receipt: {
  ticket_no: string
  query_code: string
}): Promise<Schemas['Progress']> {
  const { ticket_no, query_code } = receipt
  return answer(await fetch(url(`/appeals/${ticket_no}?code=${query_code}`)))
}

/** Looks until it is as wanted: workers act behind an answer, never at once. */
export async function until<T>(
  look: () => Promise<T>,
  wanted: (seen: T) => boolean,
  seconds = 10,
): Promise<T> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const seen = await look()
    if (wanted(seen)) return seen
    if (Date.now() > end) throw new Error(`not as wanted: ${JSON.stringify(seen)}`)
    await new Promise((done) => setTimeout(done, 100))
  }
}

/**
 * The official of a dispatched ticket (or of one that is handled again), as an account. Where the router chose one without, the unit's
 * clerk hands it on to one of the officials who can log in.
 */
export async function officialOf(
  ticketNo: string,
  state: Schemas['State'] = 'dispatched',
): Promise<Account> {
  const dispatcher = await clientOf('dispatcher')
  const routed = await until(
    () => dispatcher.ticket(ticketNo),
    (ticket) => ticket.state === state,
  )
  const people = peopleOf(routed.unit_name ?? '')
  if (!people) throw new Error(`no demonstration accounts in ${routed.unit_name}`)
  const chosen = people.officials.find(({ name }) => name === routed.official_name)
  if (chosen) return chosen
  const [other] = people.officials
  if (!other) throw new Error(`no official of ${routed.unit_name} can log in`)
  const clerk = await clientOf(people.clerk.login)
  const { me } = await clientOf(other.login)
  await clerk.act(ticketNo, 'reassign', { official_id: me.user.official_id ?? 0 })
  return other
}
