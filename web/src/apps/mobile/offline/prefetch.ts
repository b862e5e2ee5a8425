import { api, online, result } from '@/shared/api/client'
import { fetchTicket } from '@/shared/ticket/use-ticket'
import type { TicketSummary } from '@/shared/ticket/types'
import { byUrgency } from '@/shared/ticket/urgency-order'
import { keepList, keepTicket, keptTickets } from './keep'

/** So many can be opened without a network; nobody has more in hand at a time. */
const most = 60

let latest = 0

/** The list, and one after the other what of it has changed: the most urgent first, at the network's leisure. */
export async function keepMine(
  list: readonly TicketSummary[],
  charged: ReadonlySet<string>,
): Promise<void> {
  const turn = ++latest
  await keepList(list, charged)
  const kept = new Map((await keptTickets()).map((one) => [one.summary.ticket_no, one]))
  const wanted = [...list].sort(byUrgency).slice(0, most)
  for (const { ticket_no, version } of wanted) {
    const known = kept.get(ticket_no)
    if (known?.detail?.version === version && known.events) continue
    const [one, log] = await Promise.all([
      fetchTicket(ticket_no),
      result(api.GET('/tickets/{ticket_no}/events', { params: { path: { ticket_no } } })),
    ])
    // A newer list is at it, or the network is gone.
    if (turn !== latest || !online.value) return
    if (one.ok && log.ok) await keepTicket(one.data, log.data.items)
  }
}
