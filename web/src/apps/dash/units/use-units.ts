import { shallowRef, watch } from 'vue'
import { api, result } from '@/shared/api/client'
import type { Problem } from '@/shared/api/problem'
import { shownRates, type Group, type Kpi } from '../state/figures'

/**
 * The lines of the units: by far the longest table, so asked for only where one of them is shown, for
 * the period of the board and anew with it. `kpi` gives nothing while none is.
 */
export function useUnits(kpi: () => Kpi | undefined) {
  const units = shallowRef<readonly Group[]>()
  const problem = shallowRef<Problem>()
  let generation = 0
  let period = ''

  async function load(of: Kpi | undefined): Promise<void> {
    const mine = ++generation
    if (!of) return
    const { from, to } = of
    // Lines of another period must not stand below the dates of this one.
    if (period !== `${from} ${to}`) units.value = undefined
    period = `${from} ${to}`
    const query = { from, to, group_by: 'unit' as const, rates: shownRates.join() }
    const answer = await result(api.GET('/kpi', { params: { query } }))
    if (mine !== generation) return
    problem.value = answer.ok ? undefined : answer.problem
    if (answer.ok) units.value = answer.data.groups ?? []
  }

  watch(kpi, (of) => void load(of), { immediate: true })
  return { units, problem }
}
