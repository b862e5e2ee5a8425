import { ref, shallowRef } from 'vue'
import { api, result, type Result } from '../api/client'
import type { Problem } from '../api/problem'
import type { Action, ActInput, MinuteLedger, Ticket, TicketEvent } from './types'

const path = (ticket_no: string) => ({ ticket_no })

export const fetchTicket = (ticketNo: string): Promise<Result<Ticket>> =>
  result(api.GET('/tickets/{ticket_no}', { params: { path: path(ticketNo) } }))

/** One act under the version the person has seen; a later one is refused by the server. */
export const sendAct = (
  ticketNo: string,
  action: Action,
  body: ActInput,
  etag: string,
  key: string,
  how: { keepalive?: boolean; signal?: AbortSignal } = {},
): Promise<Result<Ticket>> =>
  result(
    api.POST('/tickets/{ticket_no}/actions/{action}', {
      params: {
        path: { ...path(ticketNo), action },
        header: { 'If-Match': etag, 'Idempotency-Key': key },
      },
      body,
      ...how,
    }),
  )

/** The answer's ETag; the version stands in when a proxy dropped it. */
export function etagOf(answer: { data: Ticket; response: Response }): string {
  return answer.response.headers.get('ETag') ?? `"${answer.data.version}"`
}

export const isStale = (problem: Problem): boolean =>
  problem.code === 'stale_version' || problem.status === 412

/** One ticket with its log, as a page shows it. */
export function useTicket(ticketNo: () => string) {
  const ticket = shallowRef<Ticket>()
  const events = shallowRef<readonly TicketEvent[]>([])
  const ledger = shallowRef<MinuteLedger>()
  const problem = shallowRef<Problem>()
  const loading = ref(false)
  let etag = ''

  function take(answer: { data: Ticket; response: Response }): void {
    if (ticket.value && answer.data.ticket_no === ticket.value.ticket_no)
      if (answer.data.version < ticket.value.version) return
    ticket.value = answer.data
    etag = etagOf(answer)
  }

  async function load(): Promise<void> {
    loading.value = true
    const asked = ticketNo()
    const [one, log] = await Promise.all([
      fetchTicket(asked),
      result(api.GET('/tickets/{ticket_no}/events', { params: { path: path(asked) } })),
    ])
    if (asked !== ticketNo()) return
    loading.value = false
    problem.value = one.ok ? undefined : one.problem
    if (one.ok) take(one)
    if (!log.ok) return
    events.value = log.data.items
    ledger.value = log.data.ledger
  }

  async function act(action: Action, body: ActInput, key: string): Promise<Result<Ticket>> {
    const answer = await sendAct(ticketNo(), action, body, etag, key)
    if (answer.ok) take(answer)
    if (answer.ok || isStale(answer.problem)) await load()
    return answer
  }

  return { ticket, events, ledger, problem, loading, load, act }
}
