import { shallowRef } from 'vue'
import { api, result } from '@/shared/api/client'
import { may } from '@/shared/api/session'
import type { components } from '@/shared/api/schema'

export type MissedCounts = components['schemas']['CallbackCounts']

/** How many numbers wait to be called back; beside the entry of the navigation. */
export const missedCounts = shallowRef<MissedCounts>()

export async function loadMissedCounts(): Promise<void> {
  if (!may('call.read')) return
  const answer = await result(api.GET('/callbacks/counts'))
  if (answer.ok) missedCounts.value = answer.data
}
