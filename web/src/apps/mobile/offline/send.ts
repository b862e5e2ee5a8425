import type { Result } from '@/shared/api/client'
import type { Problem } from '@/shared/api/problem'
import type { Receipt, Ticket, TicketEvent } from '@/shared/ticket/types'
import { bodyOf, drop, keepOrDrop, readQueue, save } from './outbox'
import {
  comesLater,
  isDone,
  laneOf,
  type Photo,
  type Queued,
  type QueuedAct,
  type QueuedVisit,
  type Refusal,
} from './queued'
import { shelf, type Write } from './shelf'
import { isHarmless, isOwn, lastSeq, newsSince, type Known } from './since'
import { queue } from '../state/queue'

/** The way to the server; tests bring their own. */
export interface Wire {
  act(item: QueuedAct, etag: string): Promise<Result<Ticket>>
  file(ticketNo: string, photo: Photo, body: Blob): Promise<Result<unknown>>
  visit(item: QueuedVisit): Promise<Result<Receipt>>
  ticket(ticketNo: string): Promise<Result<Ticket>>
  events(ticketNo: string): Promise<Result<{ items: TicketEvent[] }>>
  /** What the notices say of a ticket that is no longer one's own. */
  taken(ticketNo: string): Promise<Refusal['taken']>
  /** A fresh state of a ticket, for whoever shows it. */
  seen(ticket: Ticket): Promise<void>
}

export interface Sender {
  user: number
  name: string
  now: () => number
  wire: Wire
}

/** What became of a round: `later` when the rest waits for the network, with the server's wish. */
export interface Round {
  later: boolean
  wait?: number | undefined
}

type Step = 'on' | 'blocked' | { wait: number | undefined }

/** A server that answers 500 to one act only must not hold up the others for ever. */
const mostTroubles = 5
/** Acts the ticket may leave its official by: what is to be seen with them goes first. */
const evidenceFirst = new Set(['return_ticket', 'submit_result'])
const mostRebases = 3

const laneKey = (ticketNo: string): string => `lane:${ticketNo}`

/** What one's own acts have made of the ticket, beyond the screen they were tapped on. */
export async function knownOf(item: QueuedAct): Promise<Known> {
  const lane = await (await shelf()).get<Known>('kept', laneKey(item.ticketNo))
  if (!lane || lane.version <= item.seen)
    return { version: item.seen, ...(item.seenSeq !== undefined && { seq: item.seenSeq }) }
  const seqs = [lane.seq, item.seenSeq].filter((seq) => seq !== undefined)
  return { version: lane.version, ...(seqs.length > 0 && { seq: Math.max(...seqs) }) }
}

const laneWrite = (ticketNo: string, known: Known): Write => ({
  store: 'kept',
  key: laneKey(ticketNo),
  value: known,
})

async function refuse(
  item: Queued,
  ticketNo: string | undefined,
  problem: Problem,
  known: Known | undefined,
  sender: Sender,
): Promise<Step> {
  const { wire, name } = sender
  const refusal: Refusal = {
    status: problem.status,
    code: problem.code,
    detail: [problem.detail, ...(problem.errors ?? []).map(({ message }) => message)].join(' '),
    news: [],
    again: item.kind !== 'act',
    ...(problem.errors && { errors: problem.errors }),
  }
  if (ticketNo !== undefined) {
    const [ticket, log] = await Promise.all([wire.ticket(ticketNo), wire.events(ticketNo)])
    if (ticket.ok) {
      await wire.seen(ticket.data)
      refusal.version = ticket.data.version
      refusal.again =
        item.kind === 'act'
          ? ticket.data.allowed_actions.includes(item.action)
          : ticket.data.can_attach
    } else if (ticket.problem.status === 404) {
      refusal.again = false
      const taken = await wire.taken(ticketNo)
      if (taken) refusal.taken = taken
    } else if (comesLater(ticket.problem)) return { wait: ticket.problem.retry_after }
    if (log.ok) {
      const seq = lastSeq(log.data.items)
      if (seq !== undefined) refusal.seq = seq
      if (known && refusal.version !== undefined)
        refusal.news = newsSince(log.data.items, known, refusal.version).filter(
          (event) => !isOwn(event, name),
        )
    }
  }
  await save({ ...item, refusal })
  return 'blocked'
}

/** Not now, or not at all? */
async function failed(
  item: Queued,
  ticketNo: string | undefined,
  problem: Problem,
  known: Known | undefined,
  sender: Sender,
): Promise<Step> {
  if (!comesLater(problem)) return refuse(item, ticketNo, problem, known, sender)
  if (problem.status < 500 || problem.status === 503) return { wait: problem.retry_after }
  const troubles = item.troubles + 1
  if (troubles >= mostTroubles)
    return refuse({ ...item, troubles }, ticketNo, problem, known, sender)
  await save({ ...item, troubles })
  return { wait: problem.retry_after }
}

/** May the act go under the ticket's new version? When nobody else has decided anything meanwhile. */
async function rebased(item: QueuedAct, known: Known, sender: Sender): Promise<Known | undefined> {
  const [ticket, log] = await Promise.all([
    sender.wire.ticket(item.ticketNo),
    sender.wire.events(item.ticketNo),
  ])
  if (!ticket.ok || !log.ok) return undefined
  const { version } = ticket.data
  const news = newsSince(log.data.items, known, version)
  if (version <= known.version || !news.every((event) => isHarmless(event, sender.name)))
    return undefined
  return { version, seq: lastSeq(log.data.items) }
}

async function sendAct(item: QueuedAct, sender: Sender): Promise<Step> {
  const { wire } = sender
  let known = await knownOf(item)
  for (let tried = 0; ; tried++) {
    const answer = await wire.act(item, `"${known.version}"`)
    if (answer.ok) {
      await wire.seen(answer.data)
      // Not the version of the answer: when the first answer was lost, others may have acted since.
      const next = { ...known, version: known.version + 1 }
      await keepOrDrop({ ...item, acted: true }, [laneWrite(item.ticketNo, next)])
      return 'on'
    }
    const { problem } = answer
    const stale = problem.code === 'stale_version' || problem.status === 412
    const fresh = stale && tried < mostRebases ? await rebased(item, known, sender) : undefined
    if (!fresh) return failed(item, item.ticketNo, problem, known, sender)
    known = fresh
  }
}

/** One photo after the other; each is off the list as soon as it is there. */
async function sendPhotos(item: Queued, ticketNo: string, sender: Sender): Promise<Step> {
  const { wire } = sender
  let now = item
  for (const [n, photo] of item.photos.entries()) {
    if (photo.sent) continue
    const body = await bodyOf(item, n)
    const answer = body && (await wire.file(ticketNo, photo, body))
    if (answer && !answer.ok) {
      // An appeal still in the queue has no ticket to add to yet.
      const early = item.kind === 'visit' && answer.problem.status === 404
      return early ? { wait: 5 } : failed(now, ticketNo, answer.problem, undefined, sender)
    }
    const photos = now.photos.map((one, at) => (at === n ? { ...one, sent: true } : one))
    now = { ...now, photos }
    const beside: Write[] = [{ store: 'photos', key: `${item.key}/${n}` }]
    const lane =
      item.kind === 'act'
        ? await knownOf(item)
        : await (await shelf()).get<Known>('kept', laneKey(ticketNo))
    // What had been there before is no new version.
    const added = answer?.response.status === 201
    if (added && lane) beside.push(laneWrite(ticketNo, { ...lane, version: lane.version + 1 }))
    await save(now, beside)
  }
  if (isDone(now)) await keepOrDrop(now)
  return 'on'
}

async function sendVisit(item: QueuedVisit, sender: Sender): Promise<Step> {
  const answer = await sender.wire.visit(item)
  if (!answer.ok) return failed(item, undefined, answer.problem, undefined, sender)
  await save({ ...item, acted: true, receipt: answer.data })
  return 'on'
}

const current = (id: number): Queued | undefined => queue.value.find((one) => one.id === id)

async function sendItem(id: number, sender: Sender): Promise<Step> {
  const steps = [
    (item: Queued): Promise<Step> | 'on' =>
      item.kind === 'act' && !item.acted && evidenceFirst.has(item.action)
        ? sendPhotos(item, item.ticketNo, sender)
        : 'on',
    (item: Queued): Promise<Step> | 'on' => {
      if (item.acted || item.kind === 'files') return 'on'
      return item.kind === 'act' ? sendAct(item, sender) : sendVisit(item, sender)
    },
    (item: Queued): Promise<Step> | 'on' => {
      const ticketNo = item.kind === 'visit' ? item.receipt?.ticket_no : item.ticketNo
      return ticketNo === undefined ? 'on' : sendPhotos(item, ticketNo, sender)
    },
  ]
  for (const step of steps) {
    const item = current(id)
    if (!item) return 'on'
    const done = await step(item)
    if (done !== 'on') return done
  }
  return 'on'
}

const ready = (item: Queued, sender: Sender): boolean =>
  item.heldUntil === undefined || item.heldUntil <= sender.now()

/**
 * Sends what waits, in the order of the taps. What was refused blocks its own ticket and no other; without a network
 * everything waits. Runs by one page at a time (lock.ts).
 */
export async function sendAll(sender: Sender, renew: () => Promise<boolean>): Promise<Round> {
  const passed = new Set<number>()
  for (;;) {
    await readQueue()
    const own = queue.value.filter(({ user }) => user === sender.user)
    const blocked = new Set<string>()
    const next = own.find((item) => {
      if (isDone(item)) return false
      const free = !blocked.has(laneOf(item)) && !passed.has(item.id)
      if (free && !item.refusal && ready(item, sender)) return true
      blocked.add(laneOf(item))
      return false
    })
    if (!next) return { later: false }
    if (!(await renew())) return { later: true }
    const step = await sendItem(next.id, sender)
    if (typeof step === 'object') return { later: true, wait: step.wait }
    passed.add(next.id)
  }
}

/** The official looked at what happened and wants it nevertheless: the same act, under the version he has now seen. */
export async function sendAgain(item: Queued): Promise<void> {
  const { refusal, ...rest } = item
  const next = { ...rest, troubles: 0 } as Queued
  if (next.kind !== 'act' || refusal?.version === undefined) return save(next)
  const known = { version: refusal.version, seq: refusal.seq }
  await save(next, [laneWrite(next.ticketNo, known)])
}

/** Given up, with what hangs on it. What was tapped after it goes on from what the official has now seen. */
export async function discard(item: Queued): Promise<void> {
  const { refusal } = item
  const beside =
    item.kind === 'act' && refusal?.version !== undefined
      ? [laneWrite(item.ticketNo, { version: refusal.version, seq: refusal.seq })]
      : []
  await drop(item, beside)
}
