import { shallowRef } from 'vue'
import { api, result } from '@/shared/api/client'
import { may } from '@/shared/api/session'

export interface Counts {
  by_state: Record<string, number>
  open: number
  overdue: number
  mine?: number
}

export const counts = shallowRef<Counts>()

export async function loadCounts(): Promise<void> {
  if (!may('ticket.list')) return
  const answer = await result(api.GET('/tickets/counts'))
  if (answer.ok) counts.value = answer.data
}
