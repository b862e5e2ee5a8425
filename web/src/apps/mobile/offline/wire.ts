import { api, result } from '@/shared/api/client'
import { sendFile, uploadToTicket } from '@/shared/files/send-file'
import { fetchTicket, sendAct } from '@/shared/ticket/use-ticket'
import type { Ticket } from '@/shared/ticket/types'
import { serverKey } from '../state/notice-count'
import { share } from '../state/queue'
import { keepTicket } from './keep'
import type { Wire } from './send'

/** Where the network swallows requests: asking again with the same key does no harm. */
const inTime = () => ({ signal: AbortSignal.timeout(45_000) })

/** The real way to the server. */
export function wireTo(seen: (ticket: Ticket) => void): Wire {
  return {
    act: (item, etag) => sendAct(item.ticketNo, item.action, item.body, etag, item.key, inTime()),
    async file(ticketNo, photo, body) {
      const address = uploadToTicket(ticketNo, photo.name, photo.internal)
      const answer = await sendFile(address, body, (part) => (share.value = part), 120_000)
      share.value = undefined
      return answer
    },
    visit: (item) =>
      result(
        api.POST('/visits', {
          params: { header: { 'Idempotency-Key': item.key } },
          body: item.body,
          ...inTime(),
        }),
      ),
    ticket: fetchTicket,
    events: (ticket_no) =>
      result(api.GET('/tickets/{ticket_no}/events', { params: { path: { ticket_no } } })),
    async taken(ticketNo) {
      if (serverKey.value === undefined) return undefined
      const answer = await result(api.GET('/notices', { params: { query: { limit: 100 } } }))
      if (!answer.ok) return undefined
      const found = answer.data.items.find(
        ({ ticket_no, occasion }) => ticket_no === ticketNo && occasion === 'taken_away',
      )
      return found && { at: found.at, title: found.title, body: found.body }
    },
    async seen(ticket) {
      await keepTicket(ticket)
      seen(ticket)
    },
  }
}
