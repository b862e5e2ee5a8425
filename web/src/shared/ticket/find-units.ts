import { api, result } from '../api/client'
import type { Option } from '@/ui/option'
import type { Unit } from './types'

let atHand: () => Promise<readonly Unit[]> = () => Promise.resolve([])

/** The units a page knows without asking, for times without a network. */
export function setUnitsAtHand(units: () => Promise<readonly Unit[]>): void {
  atHand = units
}

const most = 20
const toOption = (unit: Unit): Option => ({ value: String(unit.id), label: unit.name })

/** Units by a part of their name or its pinyin initials, for a box that asks while one types. */
export async function findUnits(q: string, signal: AbortSignal): Promise<readonly Option[]> {
  const answer = await result(api.GET('/units', { params: { query: { q, limit: most } }, signal }))
  if (answer.ok) return answer.data.items.map(toOption)
  if (answer.problem.status !== 0 || signal.aborted) return []
  const known = (await atHand()).filter(({ name }) => name.includes(q.trim()))
  return known.slice(0, most).map(toOption)
}
