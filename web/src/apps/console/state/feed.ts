import { onScopeDispose, readonly, ref, watch } from 'vue'
import { may } from '@/shared/api/session'
import { useLive } from '@/shared/live/use-live'
import type { LiveEvent } from '@/shared/live/sequence'
import type { TicketSummary } from '@/shared/ticket/types'
import { forgetColleagues, hearColleagues, speakThrough } from './presence'

export interface Listener {
  onEvent: (event: LiveEvent) => void
  /** Nothing to resume from: what is on the screen has to be fetched anew. */
  onResync: () => void
  /** What the feed says to this person alone: a notice. */
  onWord?: (type: string, data: Record<string, unknown>) => void
}

const listeners = new Set<Listener>()
const away = ref(false)

/** The feed has been away for long enough to say so. */
export const feedAway = readonly(away)

const topics = [
  { topic: 'tickets', permission: 'ticket.list' },
  { topic: 'calls', permission: 'call.read' },
] as const

// A hiccup of a second is nobody's business; a feed that stays away is.
const patience = 3000

/** One connection for the whole console, for as long as the shell lives. */
export function startFeed(): void {
  const wanted = topics.filter(({ permission }) => may(permission)).map(({ topic }) => topic)
  const { status, at } = useLive({
    topics: wanted,
    onEvent: (event) => listeners.forEach((one) => one.onEvent(event)),
    onResync: () => listeners.forEach((one) => one.onResync()),
    onWord(type, data) {
      hearColleagues(type, data)
      listeners.forEach((one) => one.onWord?.(type, data))
    },
  })
  speakThrough(at)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    () => status.value === 'open',
    (open) => {
      clearTimeout(timer)
      if (!open) forgetColleagues()
      if (open) away.value = false
      else timer = setTimeout(() => (away.value = true), patience)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    speakThrough(undefined)
    away.value = false
  })
}

/** Listens for as long as the component lives. */
export function onFeed(listener: Listener): void {
  listeners.add(listener)
  onScopeDispose(() => listeners.delete(listener))
}

export function changedTicket(event: LiveEvent): TicketSummary | undefined {
  if (event.topic !== 'tickets' || event.type !== 'ticket_changed') return undefined
  const data = event.data
  return typeof data === 'object' && data !== null && 'ticket_no' in data && 'version' in data
    ? (data as TicketSummary)
    : undefined
}

/** Many tickets changed at once: the server tells only that, and lists are fetched anew. */
export const isMany = (event: LiveEvent): boolean =>
  event.topic === 'tickets' && event.type === 'tickets_many'
