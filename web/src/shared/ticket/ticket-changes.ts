import type { Ticket } from './types'

const compared = [
  'state',
  'title',
  'content',
  'type',
  'topic',
  'urgency',
  'division_name',
  'unit_name',
  'official_name',
  'round',
  'handle_due_at',
  'outcome',
  'result_text',
  'return_count',
  'urge_count',
] as const

export type ComparedField = (typeof compared)[number]

export interface Change {
  field: ComparedField
  from: string
  to: string
}

const shown = (value: unknown): string =>
  value === undefined || value === null ? '' : String(value)

/** What another person changed while this one had the ticket open. */
export function ticketChanges(before: Ticket, after: Ticket): readonly Change[] {
  return compared.flatMap((field) => {
    const change = { field, from: shown(before[field]), to: shown(after[field]) }
    return change.from === change.to ? [] : [change]
  })
}
