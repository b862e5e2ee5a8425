import type { operations } from '@/shared/api/schema'
import type { TicketSummary } from '@/shared/ticket/types'

export type ListQuery = NonNullable<operations['listTickets']['parameters']['query']>

export interface ListFilter {
  /** Comma-separated states, or `open`; '' for any. */
  state: string
  urgency: string
  division: string
  type: string
  topic: string
  channel: string
  /** Days of acceptance, both included; '' for any. */
  from: string
  to: string
  overdue: boolean
  mine: boolean
  helping: boolean
  hard_case: boolean
  charged: boolean
  q: string
  sort: 'newest' | 'due'
}

export const anyTicket: ListFilter = {
  state: '',
  urgency: '',
  division: '',
  type: '',
  topic: '',
  channel: '',
  from: '',
  to: '',
  overdue: false,
  mine: false,
  helping: false,
  hard_case: false,
  charged: false,
  q: '',
  sort: 'newest',
}

export function toQuery(filter: ListFilter, cursor: string | undefined, limit: number): ListQuery {
  const { overdue, mine, helping, hard_case, charged, sort, ...texts } = filter
  const given = Object.entries(texts).filter(([, value]) => value.trim() !== '')
  return {
    ...(Object.fromEntries(given) as ListQuery),
    ...(overdue && { overdue }),
    ...(mine && { mine }),
    ...(helping && { helping }),
    ...(hard_case && { hard_case }),
    ...(charged && { charged }),
    sort,
    limit,
    ...(cursor !== undefined && { cursor }),
  }
}

const final = new Set<string>(['closed', 'archived', 'declined', 'merged', 'withdrawn'])

export const isOpen = ({ state }: Pick<TicketSummary, 'state'>): boolean => !final.has(state)

const inStates = (ticket: TicketSummary, states: string): boolean =>
  states === '' ||
  states.split(',').some((state) => state === ticket.state || (state === 'open' && isOpen(ticket)))

/**
 * Does a ticket the feed tells of belong to the list? `undefined` when only the server can say:
 * full-text search, whose ticket it is, when it was accepted, and whether a unit's opinion or part
 * is missing.
 */
export function belongs(ticket: TicketSummary, filter: ListFilter): boolean | undefined {
  const same = (wanted: string, given: string | undefined) => wanted === '' || wanted === given
  const fits =
    inStates(ticket, filter.state) &&
    same(filter.urgency, ticket.urgency) &&
    same(filter.division, ticket.division) &&
    same(filter.type, ticket.type) &&
    same(filter.topic, ticket.topic) &&
    same(filter.channel, ticket.channel) &&
    (!filter.overdue || ticket.overdue === true) &&
    (!filter.hard_case || ticket.hard_case === true)
  if (!fits) return false
  const asked = [filter.q.trim(), filter.from, filter.to].some((text) => text !== '')
  const told = !asked && !filter.mine && !filter.helping && !filter.charged
  return told ? true : undefined
}

const dueOf = (ticket: TicketSummary): string =>
  ticket.handle_due_at ?? ticket.next_due_at ?? '9999'

/** The server's order: newest number first, or the nearest limit first. */
export function compare(sort: ListFilter['sort']) {
  return (a: TicketSummary, b: TicketSummary): number => {
    if (sort === 'due' && dueOf(a) !== dueOf(b)) return dueOf(a) < dueOf(b) ? -1 : 1
    const newest =
      b.accepted_at.localeCompare(a.accepted_at) || b.ticket_no.localeCompare(a.ticket_no)
    return sort === 'due' ? -newest : newest
  }
}

interface Known {
  /** Tickets of the pages that were fetched, with what the feed brought. */
  tickets: readonly TicketSummary[]
  /** The last ticket of the last page; beyond it the server has more. */
  horizon: TicketSummary | undefined
  filter: ListFilter
}

/**
 * Numbers the list should show, in order. A ticket that sorts behind the last fetched page is left
 * to that page's successor, else it would show twice or too early.
 */
export function wantedOrder({ tickets, horizon, filter }: Known): string[] {
  const order = compare(filter.sort)
  return tickets
    .filter((ticket) => belongs(ticket, filter) !== false)
    .filter((ticket) => horizon === undefined || order(ticket, horizon) <= 0)
    .sort(order)
    .map((ticket) => ticket.ticket_no)
}
