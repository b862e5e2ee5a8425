import { toRaw } from 'vue'
import type { Result } from '@/shared/api/client'
import type { Problem } from '@/shared/api/problem'
import type { Ticket, TicketEvent, TicketSummary } from '@/shared/ticket/types'
import { shelf, type Write } from './shelf'

/** A ticket as it was last seen, for times without a network. */
export interface KeptTicket {
  summary: TicketSummary
  detail?: Ticket
  events?: readonly TicketEvent[]
  /** His unit's business rather than his own. */
  charged?: boolean
}

const noOf = (kept: KeptTicket): string => kept.summary.ticket_no

export async function keptTickets(): Promise<KeptTicket[]> {
  return (await shelf()).all<KeptTicket>('tickets')
}

/** Nothing where the last one at this phone was another. */
export async function keptTicketsOf(user: number): Promise<KeptTicket[]> {
  const owner = await (await shelf()).get<number>('kept', 'owner')
  return owner === user ? keptTickets() : []
}

export async function keptTicket(ticketNo: string): Promise<KeptTicket | undefined> {
  return (await shelf()).get<KeptTicket>('tickets', ticketNo)
}

/** The list as the server gave it. What is no longer on it goes; what is, keeps the detail that was read. */
export async function keepList(
  list: readonly TicketSummary[],
  charged: ReadonlySet<string>,
): Promise<void> {
  const before = new Map((await keptTickets()).map((kept) => [noOf(kept), kept]))
  const present = new Set(list.map(({ ticket_no }) => ticket_no))
  const writes = list.map((summary): Write => ({
    store: 'tickets',
    key: summary.ticket_no,
    value: {
      ...before.get(summary.ticket_no),
      summary,
      charged: charged.has(summary.ticket_no),
    } satisfies KeptTicket,
  }))
  for (const ticketNo of before.keys())
    if (!present.has(ticketNo)) writes.push({ store: 'tickets', key: ticketNo })
  await (await shelf()).batch(writes)
}

/** A whole ticket, and its log where that was read with it. An older one never takes the place of a newer. */
export async function keepTicket(detail: Ticket, events?: readonly TicketEvent[]): Promise<void> {
  await (
    await shelf()
  ).update<KeptTicket>('tickets', detail.ticket_no, (before) => {
    if (before?.detail && before.detail.version > detail.version) return before
    const log = events ?? before?.events
    return { ...before, summary: detail, detail, ...(log && { events: log }) }
  })
}

export async function forgetTicket(ticketNo: string): Promise<void> {
  await (await shelf()).batch([{ store: 'tickets', key: ticketNo }])
}

interface KeptAnswer<T> {
  data: T
  at: number
}

export async function keepAnswer<T>(name: string, data: T): Promise<void> {
  await (
    await shelf()
  ).batch([{ store: 'kept', key: name, value: { data: toRaw(data), at: Date.now() } }])
}

export async function keptAnswer<T>(name: string): Promise<KeptAnswer<T> | undefined> {
  return (await shelf()).get<KeptAnswer<T>>('kept', name)
}

export type Look<T> =
  | { data: T; /** Since when it is known, when it is not fresh. */ keptAt?: number }
  | { problem: Problem }

/** An answer of the server; without one, what it said the last time. */
export async function lookUp<T>(name: string, ask: () => Promise<Result<T>>): Promise<Look<T>> {
  const answer = await ask()
  if (answer.ok) {
    await keepAnswer(name, answer.data)
    return { data: answer.data }
  }
  const kept = answer.problem.status === 0 ? await keptAnswer<T>(name) : undefined
  return kept ? { data: kept.data, keptAt: kept.at } : { problem: answer.problem }
}

/** Another person at the same phone finds nothing of the one before; what he has not sent yet waits for him. */
export async function keptFor(user: number): Promise<void> {
  const drawer = await shelf()
  const owner = await drawer.get<number>('kept', 'owner')
  if (owner === user) return
  const gone = async (store: 'tickets' | 'kept'): Promise<Write[]> =>
    (await drawer.keys(store))
      .filter((key) => !String(key).startsWith('lane:') && key !== 'device')
      .map((key) => ({ store, key }))
  const writes = owner === undefined ? [] : [...(await gone('tickets')), ...(await gone('kept'))]
  await drawer.batch([...writes, { store: 'kept', key: 'owner', value: user }])
}
