import { ref, shallowRef } from 'vue'
import { api, result } from '@/shared/api/client'
import type { Problem } from '@/shared/api/problem'
import { serverClock } from '@/shared/clock/server-clock'
import type { TicketSummary } from '@/shared/ticket/types'
import { shownRates, type Group, type Kpi } from './figures'
import type { Period } from './period'

/** All figures of one period, fetched together so that they agree with one another. */
export function createBoard() {
  const kpi = shallowRef<Kpi>()
  const divisions = shallowRef<readonly Group[]>([])
  const days = shallowRef<readonly Group[]>([])
  const overdue = shallowRef<readonly TicketSummary[]>([])
  const overdueLoaded = ref(false)
  const problem = shallowRef<Problem>()
  const loading = ref(false)
  const at = ref<number>()
  let generation = 0

  async function load(period: Period): Promise<void> {
    const mine = ++generation
    loading.value = true
    const rates = shownRates.join()
    const ask = (group_by: 'division' | 'day') =>
      result(api.GET('/kpi', { params: { query: { ...period, group_by, rates } } }))
    // Each of them tells the whole as well.
    const [byDivision, byDay] = await Promise.all([ask('division'), ask('day')])
    if (mine !== generation) return
    loading.value = false
    const refused = [byDivision, byDay].find((answer) => !answer.ok)
    problem.value = refused && !refused.ok ? refused.problem : undefined
    if (byDivision.ok) {
      kpi.value = byDivision.data
      divisions.value = byDivision.data.groups ?? []
    }
    if (byDay.ok) days.value = byDay.data.groups ?? []
    if (!refused) at.value = serverClock.now()
  }

  async function loadOverdue(): Promise<void> {
    // With the unit, where the handling limit runs: the overdue ones come first, then the next due.
    const query = {
      state: 'dispatched,handling,return_pending',
      sort: 'due' as const,
      limit: 100,
    }
    const answer = await result(api.GET('/tickets', { params: { query } }))
    if (!answer.ok) return
    overdue.value = answer.data.items
    overdueLoaded.value = true
  }

  return {
    kpi,
    divisions,
    days,
    overdue,
    overdueLoaded,
    problem,
    loading,
    at,
    load,
    loadOverdue,
  }
}
