import { api, result } from '@/shared/api/client'
import type { Enterprise } from '@/shared/ticket/types'
import type { Option } from '@/ui/option'

export interface FoundEnterprise {
  enterprise: Enterprise
  option: Option
}

/** By name, initials, code or telephone: the server tells which it is. */
export async function findEnterprises(
  typed: string,
  signal: AbortSignal,
): Promise<readonly FoundEnterprise[]> {
  const q = typed.trim()
  if ([...q].length < 2) return []
  const answer = await result(
    api.GET('/enterprises', { params: { query: { q, limit: 20 } }, signal }),
  )
  if (!answer.ok) return []
  return answer.data.items.map((enterprise) => {
    const { id, name, division_name, uscc, address } = enterprise
    const detail = [division_name, uscc, address].filter(Boolean).join(' · ')
    return { enterprise, option: { value: String(id), label: name, detail } }
  })
}
