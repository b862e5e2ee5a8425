import type { TicketSummary, Urgency } from './types'

const weight: Record<Urgency, number> = { critical: 0, urgent: 1, normal: 2 }

/** Time of the nearest running clock; tickets without one come last. */
export function dueAt(ticket: TicketSummary): number {
  const at = ticket.next_due_at ?? ticket.handle_due_at
  return at === undefined ? Number.POSITIVE_INFINITY : Date.parse(at)
}

/** What burns first: the nearest due date, then the graver ticket, then the older one. */
export function byUrgency(a: TicketSummary, b: TicketSummary): number {
  const left = dueAt(a)
  const right = dueAt(b)
  if (left !== right) return left < right ? -1 : 1
  return (
    weight[a.urgency] - weight[b.urgency] ||
    Date.parse(a.accepted_at) - Date.parse(b.accepted_at) ||
    a.ticket_no.localeCompare(b.ticket_no)
  )
}
