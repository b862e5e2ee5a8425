import { api, result, type Result } from '@/shared/api/client'
import { serverClock } from '@/shared/clock/server-clock'
import type { TicketSummary } from '@/shared/ticket/types'
import { earlier } from '../compare/periods'
import type { Frozen } from '../ledger/cases'
import type { Group, Kpi } from '../state/figures'
import type { Period } from '../state/period'

export interface Wish {
  month: Period
  /** '' is everything the account may see. */
  division: string
  /** Published figures are those of the whole city: who sees less of it gets live ones. */
  wholeCity: boolean
  tickets: boolean
  published: boolean
}

export interface Gathered {
  at: number
  frozen: Frozen | undefined
  month: Kpi
  previous: Kpi | undefined
  lastYear: Kpi | undefined
  units: readonly Group[]
  topics: readonly Group[]
  /** As it stands now, whatever was published. */
  now: Kpi
  nowUnits: readonly Group[]
  hard: { total: number; items: readonly TicketSummary[] } | undefined
}

export const hardListed = 20

/** The newest revision of exactly this period. */
export function published(periods: readonly Frozen[], { from, to }: Period): Frozen | undefined {
  return periods
    .filter((one) => one.from === from && one.to === to)
    .sort((a, b) => b.revision - a.revision)[0]
}

type By = 'none' | 'unit' | 'topic'

function figures(wish: Wish, period: Period, by: By, frozen?: Frozen): Promise<Result<Kpi>> {
  if (!frozen) {
    const place = wish.division ? { division: wish.division } : {}
    return result(api.GET('/kpi', { params: { query: { ...place, ...period, group_by: by } } }))
  }
  const path = { freeze_id: frozen.id }
  return result(
    api.GET('/kpi/frozen/{freeze_id}', { params: { path, query: { group_by: by } } }),
  ).then((answer) => (answer.ok ? { ...answer, data: answer.data.kpi } : answer))
}

async function hardCases(wish: Wish) {
  const place = wish.division ? { division: wish.division } : {}
  const query = { ...place, hard_case: true, state: 'open', limit: hardListed }
  const answer = await result(api.GET('/tickets', { params: { query } }))
  if (!answer.ok) return answer
  const { total, items } = answer.data
  return { ...answer, data: { total: total ?? items.length, items } }
}

async function frozenPeriods(wish: Wish): Promise<readonly Frozen[]> {
  if (!wish.published || !wish.wholeCity) return []
  const answer = await result(api.GET('/kpi/frozen'))
  return answer.ok ? answer.data.items : []
}

/** Everything a bulletin says; the first refusal when something it cannot do without is missing. */
export async function gather(wish: Wish): Promise<Result<Gathered>> {
  const periods = await frozenPeriods(wish)
  const { month } = wish
  const frozen = published(periods, month)
  const before = earlier(month, 'previous')
  const yearAgo = earlier(month, 'lastYear')
  const [whole, units, topics, previous, lastYear, now, nowUnits, hard] = await Promise.all([
    figures(wish, month, 'none', frozen),
    figures(wish, month, 'unit', frozen),
    figures(wish, month, 'topic', frozen),
    figures(wish, before, 'none', published(periods, before)),
    figures(wish, yearAgo, 'none', published(periods, yearAgo)),
    figures(wish, month, 'none'),
    figures(wish, month, 'unit'),
    wish.tickets ? hardCases(wish) : undefined,
  ])
  if (!whole.ok) return whole
  if (!units.ok) return units
  if (!topics.ok) return topics
  if (!now.ok) return now
  if (!nowUnits.ok) return nowUnits
  if (hard && !hard.ok) return hard
  return {
    ok: true,
    response: whole.response,
    data: {
      at: serverClock.now(),
      frozen,
      month: whole.data,
      previous: previous.ok ? previous.data : undefined,
      lastYear: lastYear.ok ? lastYear.data : undefined,
      units: units.data.groups ?? [],
      topics: topics.data.groups ?? [],
      now: now.data,
      nowUnits: nowUnits.data.groups ?? [],
      hard: hard?.data,
    },
  }
}
