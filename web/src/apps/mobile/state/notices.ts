import { api, result } from '@/shared/api/client'
import type { components } from '@/shared/api/schema'
import { showToast } from '@/ui/toasts'
import { loadMine } from './my-tickets'
import { unread } from './notice-count'
import { phone } from './phone'

export type Notice = components['schemas']['Notice']

const isNotice = (data: unknown): data is Notice =>
  typeof data === 'object' && data !== null && 'id' in data && 'title' in data && 'body' in data

/** Tickets come and go by these; the feed itself never tells of what is no longer one's own. */
const moves = new Set<string>(['taken_away', 'reassigned_to_you', 'assigned', 'co_assigned'])

/** What the feed says to this person alone. */
export function onWord(type: string, data: Record<string, unknown>): void {
  if (type === 'wipe') void phone().then(({ wipe }) => wipe())
  if (type !== 'notice' || !isNotice(data)) return
  if (unread.value !== undefined) unread.value += 1
  showToast({
    text: `${data.title} · ${data.body}`,
    tone: data.urgent ? 'bad' : 'plain',
    lasts: 10_000,
  })
  if (moves.has(data.occasion)) void loadMine()
}

export async function countUnread(): Promise<void> {
  const query = { unread: true, limit: 1 }
  const answer = await result(api.GET('/notices', { params: { query } }))
  if (answer.ok) unread.value = answer.data.unread
}
