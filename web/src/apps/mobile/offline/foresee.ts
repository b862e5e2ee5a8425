import type { Action, State, Ticket, TicketSummary } from '@/shared/ticket/types'
import type { Queued, QueuedAct } from './queued'

const leadsTo: Partial<Record<Action, State>> = {
  sign_for: 'handling',
  return_ticket: 'return_pending',
  submit_result: 'submitted',
}

/** What can be done next, as far as a phone without a network can know; the server has the last word. */
const opens: Partial<Record<Action, readonly Action[]>> = {
  sign_for: ['first_contact', 'ask_extension', 'add_co_unit', 'note'],
  first_contact: ['submit_result'],
}
const ends = new Set<Action>(['return_ticket', 'submit_result'])
/** Stays possible after it was done. */
const repeatable = new Set<Action>(['note', 'add_co_unit'])

const waitingOn = (ticketNo: string, queue: readonly Queued[]): QueuedAct[] =>
  queue.filter(
    (item): item is QueuedAct =>
      item.kind === 'act' && item.ticketNo === ticketNo && !item.acted && !item.refusal,
  )

/** T14, T19: no result before the units that were asked have answered, or their time is over. */
const waitsForUnits = ({ clocks = [] }: Ticket): boolean =>
  clocks.some(
    ({ kind, state, due_at }) =>
      kind === 'co_unit' && state === 'running' && Date.parse(due_at) > Date.now(),
  )

function after(ticket: Ticket, action: Action): Action[] {
  const allowed = ticket.allowed_actions
  if (ends.has(action)) return allowed.includes('note') ? ['note'] : []
  const left = allowed.filter((one) => one !== action || repeatable.has(one))
  const opened = (opens[action] ?? []).filter(
    (one) => one !== 'submit_result' || !waitsForUnits(ticket),
  )
  return [...new Set([...left, ...opened])]
}

/** The ticket as it will be when what waits has been sent; nothing that waits was refused. */
export function foreseen<T extends TicketSummary | Ticket>(ticket: T, queue: readonly Queued[]): T {
  return waitingOn(ticket.ticket_no, queue).reduce<T>((now, { action }) => {
    const state = leadsTo[action] ?? now.state
    const next = { ...now, state }
    if ('allowed_actions' in next && 'allowed_actions' in now)
      next.allowed_actions = after(now, action)
    return next
  }, ticket)
}
