import { computed, ref, shallowRef } from 'vue'
import { api, result } from '@/shared/api/client'
import { mayRetry, type Problem } from '@/shared/api/problem'
import { throttle } from '@/shared/composables/throttle'
import { settle } from '@/shared/ticket/stable-order'
import { createTicketStore } from '@/shared/ticket/ticket-store'
import type { TicketSummary } from '@/shared/ticket/types'
import { anyTicket, belongs, toQuery, wantedOrder, type ListFilter } from './list-filter'
import { createMarks } from './marks'

const pageSize = 100

/**
 * The list on the screen: pages of the server, kept fresh by the feed. It outlives its view, so
 * that a ticket's page can step to the next one and coming back finds the place.
 */
export function createTicketList() {
  const store = createTicketStore()
  const shown = shallowRef<readonly string[]>([])
  const waiting = shallowRef<readonly string[]>([])
  const selected = ref<string>()
  const filter = shallowRef<ListFilter>(anyTicket)
  const marks = createMarks()
  /** Which queue or view it is of: its path. */
  const name = ref('')
  const loading = ref(false)
  const loaded = ref(false)
  const problem = shallowRef<Problem>()
  const total = ref<number>()
  /** Somebody works in the list: no row moves, comes or goes. */
  const busy = ref(false)
  let cursor: string | undefined
  let horizon: TicketSummary | undefined
  let generation = 0
  /** What the feed told of while a list was under way: it may be newer than the list. */
  const told = new Set<string>()

  const rows = computed(() =>
    shown.value.flatMap((ticketNo) => {
      const ticket = store.get(ticketNo)
      return ticket ? [ticket] : []
    }),
  )

  function arrange(frozen: boolean): void {
    const wanted = wantedOrder({ tickets: store.all(), horizon, filter: filter.value })
    const settled = settle(shown.value, wanted, frozen)
    shown.value = settled.shown
    waiting.value = settled.waiting
  }

  const frozen = (): boolean => busy.value || selected.value !== undefined

  async function ask(from: string | undefined): Promise<boolean> {
    const mine = ++generation
    loading.value = true
    if (from === undefined) told.clear()
    const query = toQuery(filter.value, from, pageSize)
    const answer = await result(api.GET('/tickets', { params: { query } }))
    if (mine !== generation) return false
    loading.value = false
    problem.value = answer.ok ? undefined : answer.problem
    if (!answer.ok) return false
    loaded.value = true
    const { items, next_cursor, total: count } = answer.data
    if (from === undefined) {
      total.value = count
      store.replace(items, told)
    } else store.merge(items)
    cursor = next_cursor
    horizon = next_cursor === undefined ? undefined : items.at(-1)
    return true
  }

  /** Another question: what was on the screen is gone at once. */
  async function show(next: ListFilter): Promise<void> {
    filter.value = next
    selected.value = undefined
    marks.clear()
    loaded.value = false
    shown.value = []
    waiting.value = []
    store.clear()
    if (await ask(undefined)) arrange(false)
  }

  /** The same question again; whoever works in the list keeps his rows. */
  async function refresh(): Promise<void> {
    const before = rows.value
    if (!(await ask(undefined))) return
    // Rows of later pages stay until somebody lets them go: they are on the screen.
    if (frozen()) store.merge(before.filter((row) => store.get(row.ticket_no) === undefined))
    arrange(frozen())
  }

  async function more(): Promise<void> {
    if (cursor === undefined || loading.value) return
    const from = cursor
    const held = waiting.value
    if (!(await ask(from))) return
    const wanted = wantedOrder({ tickets: store.all(), horizon, filter: filter.value })
    const present = new Set([...shown.value, ...held])
    shown.value = [...shown.value, ...wanted.filter((ticketNo) => !present.has(ticketNo))]
  }

  /** A change of one ticket: a known row is repainted where it stands, a newcomer is counted. */
  function take(ticket: TicketSummary): void {
    const known = store.get(ticket.ticket_no)
    if (!known && belongs(ticket, filter.value) !== true) return
    // Only an answer to a search tells where its words stand.
    const found = known?.title === ticket.title ? known.found : undefined
    const shown = found ? { ...ticket, found } : ticket
    told.add(ticket.ticket_no)
    if (store.merge([shown]).length > 0) arrange(frozen())
  }

  /** For the feed: not too often, and again until the server has answered. */
  const freshen = throttle(2000, async () => {
    await refresh()
    if (problem.value && mayRetry(problem.value)) freshen.call()
  })

  /** "3 new tickets": now they may come, and the list is in order again. */
  function letIn(): void {
    arrange(false)
  }

  function step(by: 1 | -1): TicketSummary | undefined {
    const at = shown.value.indexOf(selected.value ?? '')
    const next = shown.value[Math.min(Math.max(at + by, 0), shown.value.length - 1)]
    if (next === undefined) return undefined
    selected.value = next
    return store.get(next)
  }

  const stays = (ticket: TicketSummary): boolean => belongs(ticket, filter.value) !== false

  return {
    rows,
    shown,
    waiting,
    selected,
    marks,
    filter,
    name,
    loading,
    loaded,
    problem,
    total,
    busy,
    show,
    refresh,
    freshen,
    more,
    take,
    letIn,
    step,
    stays,
  }
}

export type TicketList = ReturnType<typeof createTicketList>

/** The list this page shows, or showed last. */
export const currentList = createTicketList()
