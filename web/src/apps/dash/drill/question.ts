import type { paths } from '@/shared/api/schema'
import { isCount, type Metric } from '../state/figures'
import type { Period } from '../state/period'

export type TicketQuery = NonNullable<paths['/tickets']['get']['parameters']['query']>
export type Place = { division: string } | { unit_id: number } | Record<never, never>

/** A number on the board: what it counts, where, and when. */
export interface Asked {
  metric: Metric
  /** Of the place, for people; '' is everything the account may see. */
  where: string
  place: Place
  period: Period
}

export type Grouping = 'division' | 'unit' | 'day'

/**
 * What stands behind a group's figures; nothing where the list of tickets knows no such place (the
 * centre is no unit, and what has no district yet has none to ask for).
 */
export function placeOf(by: Grouping, key: string): Place | undefined {
  if (by === 'day') return {}
  if (by === 'division') return key === '' ? undefined : { division: key }
  return Number(key) > 0 ? { unit_id: Number(key) } : undefined
}

/** The list of tickets a count is the length of; a rate has a list of its own. */
export function listOf(asked: Asked): TicketQuery | undefined {
  const { metric, place, period } = asked
  if (!isCount(metric)) return undefined
  if (metric === 'accepted') return { ...place, ...period }
  if (metric === 'overdue') return { ...place, overdue: true, sort: 'due' }
  return { ...place, state: openStates, sort: 'due' }
}

/** What the board counts as open. */
const openStates =
  'accepted,dispatched,handling,return_pending,suspended,submitted,callback,mediating'
