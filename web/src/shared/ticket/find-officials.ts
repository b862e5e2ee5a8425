import { api, result } from '../api/client'
import type { Option } from '@/ui/option'

/** Officials of a unit by a part of their name or its pinyin initials, for a box that asks while one types. */
export function findOfficials(unit: number) {
  return async (q: string, signal: AbortSignal): Promise<readonly Option[]> => {
    const query = { unit_id: unit, ...(q.trim() && { q: q.trim() }) }
    const answer = await result(api.GET('/officials', { params: { query }, signal }))
    return answer.ok
      ? answer.data.items.map((one) => ({ value: String(one.id), label: one.name }))
      : []
  }
}
