import { ref, shallowRef } from 'vue'
import { api, result } from '@/shared/api/client'
import type { components } from '@/shared/api/schema'
import { may, me } from '@/shared/api/session'
import { anyTicket, toQuery, type ListFilter } from './list-filter'

export type SavedView = components['schemas']['SavedView']
export type ViewColumn = components['schemas']['ViewColumn']

/** One's own views and those given to one's role; supervisors know all that are given. */
export const views = shallowRef<readonly SavedView[]>([])
export const viewsLoaded = ref(false)
/** How many tickets each finds; none where only a search could tell. */
export const viewCounts = shallowRef<Readonly<Record<string, number>>>({})

export const viewOf = (id: string): SavedView | undefined =>
  views.value.find((view) => view.id === id)

/** What stands beside the queues: what others were given is no work of one's own. */
export const isNearby = (view: SavedView): boolean => view.mine || view.role === me.value?.user.role

/** The question of a view, as a list asks it. */
export const filterOf = (view: SavedView): ListFilter => ({
  ...anyTicket,
  ...view.filter,
  sort: view.sort,
})

export async function loadViews(): Promise<void> {
  if (!may('ticket.list')) return
  const answer = await result(api.GET('/me/views'))
  if (answer.ok) views.value = answer.data.items
  viewsLoaded.value = true
}

/** Counting a search would mean finding all of it; the server does not, and nobody is asked. */
const isCountable = (view: SavedView): boolean => !view.filter.q
const mostCounted = 20

let counting = false

export async function countViews(): Promise<void> {
  if (counting) return
  counting = true
  const counts: Record<string, number> = {}
  for (const view of views.value
    .filter((one) => isNearby(one) && isCountable(one))
    .slice(0, mostCounted)) {
    const query = toQuery(filterOf(view), undefined, 1)
    const answer = await result(api.GET('/tickets', { params: { query } }))
    if (answer.ok && answer.data.total !== undefined) counts[view.id] = answer.data.total
  }
  counting = false
  viewCounts.value = counts
}

/** What the server has answered about one of them. */
export function putView(kept: SavedView): void {
  const known = viewOf(kept.id) !== undefined
  views.value = known
    ? views.value.map((view) => (view.id === kept.id ? kept : view))
    : [...views.value, kept]
}

export function dropView(id: string): void {
  views.value = views.value.filter((view) => view.id !== id)
}

export function forgetViews(): void {
  views.value = []
  viewCounts.value = {}
  viewsLoaded.value = false
}
