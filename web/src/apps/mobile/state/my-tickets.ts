import { computed, ref, shallowRef } from 'vue'
import { api, result } from '@/shared/api/client'
import type { Problem } from '@/shared/api/problem'
import { me } from '@/shared/api/session'
import type { LiveEvent } from '@/shared/live/sequence'
import { createTicketStore } from '@/shared/ticket/ticket-store'
import type { State, TicketSummary } from '@/shared/ticket/types'
import { byUrgency } from '@/shared/ticket/urgency-order'

export const tickets = createTicketStore()

export const filters = ['all', 'dispatched', 'handling', 'waiting'] as const
export type Filter = (typeof filters)[number]

const groups: Record<Exclude<Filter, 'all'>, readonly State[]> = {
  dispatched: ['dispatched'],
  handling: ['handling', 'suspended'],
  waiting: ['return_pending', 'submitted', 'callback', 'accepted'],
}

const finished = new Set<State>(['closed', 'archived', 'declined', 'merged', 'withdrawn', 'draft'])

export const isOpen = (ticket: TicketSummary): boolean => !finished.has(ticket.state)

export function inFilter(ticket: TicketSummary, filter: Filter): boolean {
  return isOpen(ticket) && (filter === 'all' || groups[filter].includes(ticket.state))
}

export const loading = ref(false)
export const loaded = ref(false)
export const problem = shallowRef<Problem>()

export async function loadMine(): Promise<void> {
  loading.value = true
  const answer = await result(
    api.GET('/tickets', {
      params: { query: { mine: true, state: 'open', sort: 'due', limit: 200 } },
    }),
  )
  loading.value = false
  problem.value = answer.ok ? undefined : answer.problem
  if (!answer.ok) return
  loaded.value = true
  tickets.replace(answer.data.items)
}

function isSummary(data: unknown): data is TicketSummary {
  return (
    typeof data === 'object' &&
    data !== null &&
    'ticket_no' in data &&
    'version' in data &&
    typeof data.version === 'number'
  )
}

/** The feed tells of every ticket the asker may see; the list is about his own. */
export function concerns(ticket: TicketSummary, officialId: number | undefined): boolean {
  return officialId === undefined || ticket.official_id === officialId
}

export function onLive(event: LiveEvent): void {
  if (event.type !== 'ticket_changed' || !isSummary(event.data)) return
  const known = tickets.get(event.data.ticket_no) !== undefined
  if (known || concerns(event.data, me.value?.user.official_id)) tickets.merge([event.data])
}

export const filter = ref<Filter>('all')

const sorted = computed(() => tickets.all().filter(isOpen).sort(byUrgency))

export const shown = computed(() => sorted.value.filter((one) => inFilter(one, filter.value)))

export const countOf = (name: Filter): number =>
  sorted.value.filter((one) => inFilter(one, name)).length
