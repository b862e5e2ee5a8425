import { api, result, type Result } from '@/shared/api/client'
import type { operations } from '@/shared/api/schema'
import type { TicketSummary } from '@/shared/ticket/types'
import type { Cases } from '../ledger/cases'

type CountQuery = NonNullable<operations['listCountedTickets']['parameters']['query']>
type ListQuery = NonNullable<operations['listTickets']['parameters']['query']>

/** The tickets behind a figure: those of a count, or, for a picture of now, a list. */
export type Behind = { title: string } & (
  { metric: string; count: CountQuery } | { list: ListQuery }
)

export const isList = (behind: Behind): behind is Behind & { list: ListQuery } => 'list' in behind

/** A page of the cases of a count. */
export function askCases(
  { metric, count }: { metric: string; count: CountQuery },
  cursor: string | undefined,
): Promise<Result<Cases>> {
  const query = { ...count, limit: 50, ...(cursor && { cursor }) }
  return result(api.GET('/kpi/metrics/{metric}/tickets', { params: { path: { metric }, query } }))
}

export interface TicketPage {
  items: TicketSummary[]
  total?: number
  next_cursor?: string
}

export function askList(list: ListQuery, cursor: string | undefined): Promise<Result<TicketPage>> {
  const query = { ...list, sort: 'due' as const, limit: 50, ...(cursor && { cursor }) }
  return result(api.GET('/tickets', { params: { query } }))
}
