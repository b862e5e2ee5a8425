import { computed, ref, shallowRef } from 'vue'
import { api, result } from '@/shared/api/client'
import type { Problem } from '@/shared/api/problem'
import { me } from '@/shared/api/session'
import type { LiveEvent } from '@/shared/live/sequence'
import { createTicketStore } from '@/shared/ticket/ticket-store'
import type { State, TicketSummary } from '@/shared/ticket/types'
import { byUrgency } from '@/shared/ticket/urgency-order'
import { foreseen } from '../offline/foresee'
import { phone } from './phone'
import { own } from './queue'

export const tickets = createTicketStore()

export const filters = ['all', 'dispatched', 'handling', 'charged', 'waiting'] as const
export type Filter = (typeof filters)[number]

const groups: Record<Exclude<Filter, 'all' | 'charged'>, readonly State[]> = {
  dispatched: ['dispatched'],
  handling: ['handling', 'suspended', 'mediating'],
  waiting: ['return_pending', 'submitted', 'callback', 'accepted'],
}

const finished = new Set<State>(['closed', 'archived', 'declined', 'merged', 'withdrawn', 'draft'])

export const isOpen = (ticket: TicketSummary): boolean => !finished.has(ticket.state)

/** Tickets of others in which the official's unit mediates or has a milestone to meet. */
const charged = shallowRef<ReadonlySet<string>>(new Set())

export function inFilter(ticket: TicketSummary, filter: Filter): boolean {
  if (!isOpen(ticket) || filter === 'all') return isOpen(ticket)
  const inUnit = charged.value.has(ticket.ticket_no)
  return filter === 'charged' ? inUnit : !inUnit && groups[filter].includes(ticket.state)
}

export const loading = ref(false)
export const loaded = ref(false)
export const problem = shallowRef<Problem>()

/** What the phone has kept, until the server has answered. */
async function showKept(): Promise<void> {
  const user = me.value?.user.id
  if (loaded.value || user === undefined) return
  const kept = await (await phone()).keptTicketsOf(user)
  if (loaded.value || kept.length === 0) return
  charged.value = new Set(kept.filter((one) => one.charged).map((one) => one.summary.ticket_no))
  tickets.replace(kept.map(({ summary }) => summary))
  loaded.value = true
}

export async function loadMine(): Promise<void> {
  loading.value = true
  void showKept()
  const ask = (whose: { mine: true } | { charged: true }) =>
    result(
      api.GET('/tickets', {
        params: { query: { ...whose, state: 'open', sort: 'due', limit: 200 } },
      }),
    )
  const [mine, unit] = await Promise.all([ask({ mine: true }), ask({ charged: true })])
  loading.value = false
  const trouble = !mine.ok ? mine.problem : !unit.ok ? unit.problem : undefined
  // Without a network there is a banner, and the list of before.
  problem.value = trouble?.status === 0 && loaded.value ? undefined : trouble
  if (!mine.ok || !unit.ok) return
  loaded.value = true
  const ownNumbers = new Set(mine.data.items.map(({ ticket_no }) => ticket_no))
  const others = unit.data.items.filter(({ ticket_no }) => !ownNumbers.has(ticket_no))
  charged.value = new Set(others.map(({ ticket_no }) => ticket_no))
  const all = [...mine.data.items, ...others]
  tickets.replace(all)
  void phone().then(({ keepMine }) => keepMine(all, charged.value))
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

/** As they will be when what waits on the phone has been sent. */
const sorted = computed(() =>
  tickets
    .all()
    .map((one) => foreseen(one, own.value))
    .filter(isOpen)
    .sort(byUrgency),
)

export const shown = computed(() => sorted.value.filter((one) => inFilter(one, filter.value)))

export const countOf = (name: Filter): number =>
  sorted.value.filter((one) => inFilter(one, name)).length
