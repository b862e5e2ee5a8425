import { computed, ref, shallowRef, watch } from 'vue'
import { api, result } from '@/shared/api/client'
import type { Problem } from '@/shared/api/problem'
import { fetchTicket } from '@/shared/ticket/use-ticket'
import type { Ticket, TicketEvent } from '@/shared/ticket/types'
import { foreseen } from '../offline/foresee'
import { phone } from './phone'
import { fresh, ofTicket } from './queue'

/** One ticket with its log: as the phone kept it, then as the server has it, with what waits to be sent already done to it. */
export function useMyTicket(ticketNo: () => string) {
  const known = shallowRef<Ticket>()
  const events = shallowRef<readonly TicketEvent[]>([])
  const problem = shallowRef<Problem>()
  const loading = ref(false)

  function take(ticket: Ticket): void {
    const before = known.value
    if (before?.ticket_no === ticket.ticket_no && before.version > ticket.version) return
    known.value = ticket
  }

  async function showKept(asked: string): Promise<void> {
    const onScreen = (): boolean => known.value?.ticket_no === asked
    if (onScreen()) return
    known.value = undefined
    events.value = []
    const kept = await (await phone()).keptTicket(asked)
    if (asked !== ticketNo() || onScreen() || !kept?.detail) return
    known.value = kept.detail
    events.value = kept.events ?? []
  }

  async function load(): Promise<void> {
    const asked = ticketNo()
    loading.value = true
    const shown = showKept(asked)
    const [one, log] = await Promise.all([
      fetchTicket(asked),
      result(api.GET('/tickets/{ticket_no}/events', { params: { path: { ticket_no: asked } } })),
    ])
    await shown
    if (asked !== ticketNo()) return
    loading.value = false
    const away = !one.ok && one.problem.status === 0
    problem.value = one.ok || (away && known.value) ? undefined : one.problem
    if (!one.ok) {
      if (one.problem.status === 404) known.value = undefined
      return
    }
    take(one.data)
    if (log.ok) events.value = log.data.items
    await (await phone()).keepTicket(one.data, log.ok ? log.data.items : undefined)
  }

  watch(fresh, (ticket) => {
    if (ticket && ticket.ticket_no === ticketNo()) void load()
  })

  const waits = computed(() => ofTicket(ticketNo()))
  const ticket = computed(() => known.value && foreseen(known.value, waits.value))
  const seq = computed(() => events.value.at(-1)?.seq)

  return { known, ticket, events, seq, waits, problem, loading, load }
}
