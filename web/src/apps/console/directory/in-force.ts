import { shallowRef } from 'vue'
import { api, result } from '@/shared/api/client'
import type { DirectoryState } from './types'

/** What the server decides with, and what in the directory it goes on without. */
export const inForce = shallowRef<DirectoryState>()

export async function loadInForce(): Promise<void> {
  const answer = await result(api.GET('/directory'))
  if (answer.ok) inForce.value = answer.data
}
