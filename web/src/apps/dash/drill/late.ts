import type { TicketSummary } from '@/shared/ticket/types'

export const soonHours = 24

export interface Late {
  ticket: TicketSummary
  due: number
  over: boolean
}

/** Overdue tickets and those soon due, the least time left first. */
export function lateRows(tickets: readonly TicketSummary[], now: number): Late[] {
  return tickets
    .map((ticket) => {
      const due = Date.parse(ticket.handle_due_at ?? ticket.next_due_at ?? '')
      return { ticket, due, over: due <= now }
    })
    .filter(({ due }) => due <= now + soonHours * 3_600_000)
    .sort((a, b) => a.due - b.due)
}
