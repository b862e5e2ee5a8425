import type { Result } from '@/shared/api/client'
import { networkProblem, type Problem } from '@/shared/api/problem'
import { sampleTicket } from '@/shared/ticket/sample-ticket'
import type { Ticket, TicketEvent } from '@/shared/ticket/types'
import type { QueuedAct, Refusal } from '../queued'
import type { Sender, Wire } from '../send'

/** A server small enough to be seen through: versions, keys and a log, as the real one keeps them. */
export function office() {
  const tickets = new Map<string, Ticket>()
  const logs = new Map<string, TicketEvent[]>()
  const keys = new Set<string>()
  const files = new Map<string, string[]>()
  /** What has been done, in order: `WN1 note`, `WN1 file a.jpg`, `visit`. */
  const done: string[] = []
  /** Each next request meets the next of these. */
  const weather: ('fine' | 'gone' | 'lost' | Problem)[] = []
  const ifMatch: string[] = []
  let taken: Refusal['taken']

  const problem = (status: number, code: string, detail = code): Problem => ({
    type: 'about:blank',
    title: detail,
    status,
    code,
    detail,
  })
  const refused = <T>(why: Problem): Result<T> => ({ ok: false, problem: why })
  const given = <T>(data: T, status = 200): Result<T> => ({
    ok: true,
    data,
    response: new Response(null, { status }),
  })

  function happen(no: string, event: Partial<TicketEvent>): void {
    const ticket = tickets.get(no)
    const log = logs.get(no)
    if (!ticket || !log) throw new Error(no)
    tickets.set(no, { ...ticket, version: ticket.version + 1 })
    log.push({
      seq: log.length + 1,
      act: 'note',
      at: '2026-11-27T02:00:00Z',
      role: 'official',
      actor_name: '李四',
      from: 'handling',
      to: 'handling',
      ...event,
    })
  }

  /** Through what weather the request goes: before it arrives, or after the answer has left. */
  async function through<T>(work: () => Result<T>): Promise<Result<T>> {
    const now = weather.shift() ?? 'fine'
    if (now === 'gone') return refused(networkProblem())
    if (typeof now === 'object') return refused(now)
    const answer = work()
    return now === 'lost' ? refused(networkProblem()) : answer
  }

  const wire: Wire = {
    act: (item: QueuedAct, etag) =>
      through(() => {
        const ticket = tickets.get(item.ticketNo)
        if (!ticket) return refused(problem(404, 'not_found'))
        if (keys.has(item.key)) return given(ticket)
        ifMatch.push(etag)
        if (etag !== `"${ticket.version}"`) return refused(problem(412, 'stale_version'))
        if (!ticket.allowed_actions.includes(item.action))
          return refused(problem(409, 'not_allowed_in_state', '现在不能这样做'))
        keys.add(item.key)
        done.push(`${item.ticketNo} ${item.action}`)
        happen(item.ticketNo, { act: item.action, actor_name: '张三' })
        return given(tickets.get(item.ticketNo) as Ticket)
      }),
    file: (no, photo) =>
      through(() => {
        if (!tickets.has(no)) return refused(problem(404, 'not_found'))
        const there = files.get(no) ?? []
        if (there.includes(photo.name)) return given({}, 200)
        files.set(no, [...there, photo.name])
        done.push(`${no} file ${photo.name}`)
        happen(no, { act: 'attach', actor_name: '张三' })
        return given({}, 201)
      }),
    visit: (item) =>
      through(() => {
        const no = `WN-${item.key}`
        if (!keys.has(item.key)) done.push('visit')
        keys.add(item.key)
        return given({ ticket_no: no, query_code: 'A1', status: 'queued' } as never, 202)
      }),
    ticket: (no) =>
      through(() => {
        const ticket = tickets.get(no)
        return ticket ? given(ticket) : refused(problem(404, 'not_found'))
      }),
    events: (no) => through(() => given({ items: logs.get(no) ?? [] })),
    taken: () => Promise.resolve(taken),
    seen: () => Promise.resolve(),
  }

  let now = 1_000_000
  const sender: Sender = { user: 7, name: '张三', now: () => now, wire }

  return {
    sender,
    done,
    weather,
    ifMatch,
    problem,
    happen,
    open(no: string, allowed: Ticket['allowed_actions'] = ['note', 'first_contact']): Ticket {
      const ticket = { ...sampleTicket, ticket_no: no, version: 1, allowed_actions: allowed }
      tickets.set(no, ticket)
      logs.set(no, [])
      happen(no, { act: 'accept', role: 'system', actor_name: '系统' })
      return tickets.get(no) as Ticket
    },
    allow(no: string, allowed: Ticket['allowed_actions']): void {
      const ticket = tickets.get(no)
      if (ticket) tickets.set(no, { ...ticket, allowed_actions: allowed })
    },
    takeAway(no: string, notice: Refusal['taken']): void {
      tickets.delete(no)
      taken = notice
    },
    pass: (ms: number) => (now += ms),
  }
}

/** A photo as the phone keeps it. */
export const photo = (name: string) => ({
  name,
  internal: false,
  body: new Blob([name]),
})
