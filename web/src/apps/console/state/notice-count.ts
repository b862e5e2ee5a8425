import { ref } from 'vue'
import { api, result } from '@/shared/api/client'

/** How much one was told and has not read; unknown until it was asked for. */
export const unreadNotices = ref<number>()

export async function countUnread(): Promise<void> {
  const query = { unread: true, limit: 1 }
  const answer = await result(api.GET('/notices', { params: { query } }))
  if (answer.ok) unreadNotices.value = answer.data.unread
}
