import { api, result, type Result } from '@/shared/api/client'
import type { operations } from '@/shared/api/schema'
import type { TicketQuery } from '../drill/question'
import type { Cases } from '../ledger/cases'
import type { Taken } from '../take/taken'

type CountQuery = NonNullable<operations['listCountedTickets']['parameters']['query']>

/** The tickets behind a figure: those of a count, or, for a picture of now, a list. */
export type Behind = { title: string } & (
  { metric: string; count: CountQuery } | { list: TicketQuery }
)

export const isList = (behind: Behind): behind is Behind & { list: TicketQuery } => 'list' in behind

/** A page of the cases of a count. */
export function askCases(
  { metric, count }: { metric: string; count: CountQuery },
  cursor: string | undefined,
): Promise<Result<Cases>> {
  const query = { ...count, limit: 50, ...(cursor && { cursor }) }
  return result(api.GET('/kpi/metrics/{metric}/tickets', { params: { path: { metric }, query } }))
}

export const fileOf = ({ metric, count }: { metric: string; count: CountQuery }): Taken => ({
  table: 'counted',
  query: { metric, ...count },
})
