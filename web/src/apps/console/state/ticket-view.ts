import type { Action, Clock, Ticket } from '@/shared/ticket/types'

/** Whose move it is, in a sentence's key and its placeholder. */
export interface Move {
  key:
    | 'move.draft'
    | 'move.accepted'
    | 'move.dispatched'
    | 'move.handling'
    | 'move.returnPending'
    | 'move.suspended'
    | 'move.mediating'
    | 'move.submitted'
    | 'move.callback'
    | 'move.over'
  who: string
}

type Mover = Pick<Ticket, 'state' | 'unit_name' | 'official_name' | 'mediations'>

export function whoseMove(ticket: Mover): Move {
  const unit = ticket.unit_name ?? '—'
  const official = ticket.official_name
  const mediator = ticket.mediations?.at(-1)?.unit_name
  const handler = official ? `${unit} ${official}` : unit
  switch (ticket.state) {
    case 'draft':
      return { key: 'move.draft', who: '' }
    case 'accepted':
      return { key: 'move.accepted', who: '' }
    case 'dispatched':
      return { key: 'move.dispatched', who: handler }
    case 'handling':
      return { key: 'move.handling', who: handler }
    case 'return_pending':
      return { key: 'move.returnPending', who: unit }
    case 'suspended':
      return { key: 'move.suspended', who: unit }
    case 'mediating':
      return { key: 'move.mediating', who: mediator ?? '—' }
    case 'submitted':
      return { key: 'move.submitted', who: '' }
    case 'callback':
      return { key: 'move.callback', who: '' }
    default:
      return { key: 'move.over', who: '' }
  }
}

/** Acts in the order in which people look for them; the first allowed one is the main button. */
const order: readonly Action[] = [
  'complete',
  'dispatch',
  'sign_for',
  'first_contact',
  'approve_return',
  'refuse_return',
  'designate',
  'approve_extension',
  'refuse_extension',
  'resume',
  'answer_co_unit',
  'answer_supervision',
  'conclude_mediation',
  'meet_milestone',
  'submit_result',
  'review_pass',
  'review_fail',
  'callback',
  'reopen',
  'close_on_call',
  'decline',
  'merge',
  'reassign',
  'add_co_unit',
  'return_ticket',
  'ask_extension',
  'suspend',
  'unmerge',
  'regrade',
  'supervise',
  'hard_case',
  'plan_hard_case',
  'refer_to_mediation',
  'urge',
  'note',
  'withdraw',
]

const grave = new Set<Action>(['decline', 'merge', 'withdraw', 'refuse_return', 'review_fail'])
/** Never the big button: they are always possible and decide nothing. */
const beside = new Set<Action>([
  'note',
  'urge',
  'supervise',
  'hard_case',
  'plan_hard_case',
  'refer_to_mediation',
  'meet_milestone',
  'regrade',
  'withdraw',
  'reassign',
  'suspend',
  'unmerge',
])

export interface OfferedAct {
  action: Action
  kind: 'primary' | 'secondary' | 'danger'
}

export function offeredActs(allowed: readonly Action[]): readonly OfferedAct[] {
  const sorted = order.filter((action) => allowed.includes(action))
  const main = sorted.find((action) => !beside.has(action) && !grave.has(action))
  return sorted.map((action) => ({
    action,
    kind: action === main ? 'primary' : grave.has(action) ? 'danger' : 'secondary',
  }))
}

export { ticketChanges, type Change } from '@/shared/ticket/ticket-changes'

const weight: Record<Clock['state'], number> = {
  fired: 0,
  running: 1,
  paused: 2,
  stopped: 3,
  cancelled: 4,
}

/** Clocks to explain: what runs first, what is past and gone last. */
export function orderedClocks(clocks: readonly Clock[]): readonly Clock[] {
  return clocks
    .filter((clock) => clock.state !== 'cancelled')
    .sort((a, b) => weight[a.state] - weight[b.state] || a.due_at.localeCompare(b.due_at))
}

/** The clock behind the limit a ticket's head shows. */
export const nearestClock = (ticket: Ticket): Clock | undefined =>
  ticket.clocks.find(
    (clock) => clock.kind === ticket.next_clock && clock.due_at === ticket.next_due_at,
  )
