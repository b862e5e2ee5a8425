import { api, result } from '../api/client'
import type { Option } from '@/ui/option'

/** Units by a part of their name or its pinyin initials, for a box that asks while one types. */
export async function findUnits(q: string, signal: AbortSignal): Promise<readonly Option[]> {
  const answer = await result(api.GET('/units', { params: { query: { q, limit: 20 } }, signal }))
  return answer.ok
    ? answer.data.items.map((unit) => ({ value: String(unit.id), label: unit.name }))
    : []
}
