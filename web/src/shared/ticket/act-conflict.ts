import { askedFields, type FieldSpec, type Values } from './act-spec'
import { ticketChanges } from './ticket-changes'
import type { Action, Ticket } from './types'

/** A field of the form which somebody else has given another value meanwhile. */
export interface Clash {
  name: FieldSpec['name']
  field: FieldSpec
  /** Their codes: what stood there when the form was opened, and what stands there now. */
  was: string
  theirs: string
  mine: string
}

/** What the ticket itself says where a form asks: only these can be overwritten. */
const standing: Partial<Record<FieldSpec['name'], (ticket: Ticket) => unknown>> = {
  title: (ticket) => ticket.title,
  content: (ticket) => ticket.content,
  type: (ticket) => ticket.type,
  topic: (ticket) => ticket.topic,
  urgency: (ticket) => ticket.urgency,
  division: (ticket) => ticket.division,
  unit_id: (ticket) => ticket.unit_id,
  official_id: (ticket) => ticket.official_id,
  outcome: (ticket) => ticket.outcome,
  result_text: (ticket) => ticket.result_text,
}

const told = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

/** A co-unit is added beside the unit, an answer of one beside the result. */
const besides = new Set<Action>(['add_co_unit', 'answer_co_unit', 'answer_supervision'])
/** They say something and change nothing. */
const harmless = new Set<Action>(['note', 'urge'])

export function clashes(
  action: Action,
  values: Values,
  seen: Ticket,
  now: Ticket,
): readonly Clash[] {
  if (besides.has(action)) return []
  return askedFields(action, values).flatMap((field): Clash[] => {
    const of = standing[field.name]
    const mine = values[field.name]?.trim() ?? ''
    if (!of || mine === '') return []
    const [was, theirs] = [told(of(seen)), told(of(now))]
    return was === theirs || mine === theirs ? [] : [{ name: field.name, field, was, theirs, mine }]
  })
}

/**
 * Whether somebody has to be asked before his form goes out: others changed what he looked at. A
 * later version alone, a limit that ran out, is no such thing.
 */
export function isOvertaken(action: Action, seen: Ticket, now: Ticket): boolean {
  if (now.version <= seen.version || harmless.has(action)) return false
  return ticketChanges(seen, now).length > 0 || !now.allowed_actions.includes(action)
}

/** The form with their values in place of one's own: left open where that means "as it is". */
export function withTheirs(values: Values, found: readonly Clash[]): Values {
  const next = { ...values }
  for (const { name, field, theirs } of found) next[name] = field.required ? theirs : ''
  return next
}

/** Acts whose words the enterprise gets to read: at once, or once the result has been reviewed. */
export type Reach = 'now' | 'reviewed'
export const reach: Partial<Record<Action, Reach>> = {
  close_on_call: 'now',
  review_pass: 'now',
  submit_result: 'reviewed',
}

/** The words it will read: those of the form, else the result that is passed on. */
export const replyOf = (action: Action, values: Values, ticket: Ticket): string =>
  (action === 'review_pass' ? ticket.result_text : values.result_text)?.trim() ?? ''
