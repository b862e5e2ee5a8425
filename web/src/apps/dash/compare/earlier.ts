import { shallowRef, type ShallowRef } from 'vue'
import { api, result } from '@/shared/api/client'
import type { Group, Kpi } from '../state/figures'
import type { Period } from '../state/period'
import type { Grouping } from '../drill/question'

/** Figures of periods that are over: asked for once, however many stand beside them. */
const known = new Map<string, ShallowRef<Kpi | undefined>>()
const most = 60

export function kpiOf(period: Period, place: object = {}, group_by?: Grouping) {
  const key = JSON.stringify([period.from, period.to, place, group_by])
  const found = known.get(key)
  if (found) return found
  if (known.size >= most) known.clear()
  const kpi = shallowRef<Kpi>()
  known.set(key, kpi)
  const query = { ...place, from: period.from, to: period.to, ...(group_by ? { group_by } : {}) }
  void result(api.GET('/kpi', { params: { query } })).then((answer) => {
    if (answer.ok) kpi.value = answer.data
    else known.delete(key) // asked again when shown again
  })
  return kpi
}

export const groupOf = (kpi: Kpi | undefined, key: string): Group | undefined =>
  kpi?.groups?.find((group) => group.key === key)
