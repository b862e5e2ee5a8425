import type { TicketEvent } from '@/shared/ticket/types'

/** What one knows of a ticket: its version, and the number of its last event where the log was read. */
export interface Known {
  version: number
  seq?: number | undefined
}

/** Events a person does not know of yet. Every version has one event of its own. */
export function newsSince(
  events: readonly TicketEvent[],
  known: Known,
  version: number,
): readonly TicketEvent[] {
  const { seq } = known
  if (seq !== undefined) return events.filter((event) => event.seq > seq)
  const count = version - known.version
  return count > 0 ? events.slice(-count) : []
}

const clockActs = new Set([
  'yellow_card',
  'red_card',
  'clock_overdue',
  'sign_overdue',
  'escalate',
  'recompute',
])

export const isOwn = ({ role, actor_name }: TicketEvent, name: string): boolean =>
  role === 'official' && actor_name === name

/** A limit that ran out decides nothing about the matter, and what one did oneself is known: neither stands in the way of an act that was meant for the version before. */
export const isHarmless = (event: TicketEvent, name: string): boolean =>
  isOwn(event, name) || (event.role === 'system' && clockActs.has(event.act))

export const lastSeq = (events: readonly TicketEvent[]): number | undefined => events.at(-1)?.seq
