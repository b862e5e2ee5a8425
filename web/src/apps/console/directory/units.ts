import { shallowRef } from 'vue'
import { api, result } from '@/shared/api/client'
import type { Problem } from '@/shared/api/problem'
import { may, me } from '@/shared/api/session'
import type { KeptUnit } from './types'
import { linesIn } from './unit-tree'

const pageSize = 200

/** All units, in the server's order; a few hundred, so that the tree needs no further question. */
export const units = shallowRef<readonly KeptUnit[]>()
export const unitsProblem = shallowRef<Problem>()

let running: Promise<void> | undefined

async function loadAll(): Promise<void> {
  const all: KeptUnit[] = []
  for (let cursor: string | undefined; ;) {
    const query = { limit: pageSize, ...(cursor && { cursor }) }
    const answer = await result(api.GET('/directory/units', { params: { query } }))
    unitsProblem.value = answer.ok ? undefined : answer.problem
    if (!answer.ok) return
    all.push(...answer.data.items)
    cursor = answer.data.next_cursor
    if (!cursor) break
  }
  units.value = all
}

/** Anew, one after the other: what was asked last is what is shown last. */
export function loadUnits(): Promise<void> {
  running = (running ?? Promise.resolve()).then(loadAll)
  return running
}

/** Once they are there, however old; not for those who may not see them. */
export async function unitsReady(): Promise<void> {
  if (units.value || !may('directory.read')) return
  await (running ?? loadUnits())
}

export const unitName = (id: number): string | undefined =>
  units.value?.find((unit) => unit.id === id)?.name

/**
 * May leave and turns of this unit's people be kept here? Of the own unit and those below it; who
 * keeps the directory keeps those of all. The server decides; this only spares a refusal.
 */
export function keepsDutyOf(unitId: number): boolean {
  if (!may('directory.duty')) return false
  if (may('directory.keep')) return true
  const own = me.value?.user.unit_id
  return own !== undefined && (own === unitId || linesIn(units.value ?? [])(unitId).includes(own))
}
