import { shallowRef, triggerRef } from 'vue'
import type { Result } from '@/shared/api/client'
import { newKey } from '@/shared/api/idempotency'
import { mayRetry, networkProblem, type Problem } from '@/shared/api/problem'
import type { ActInput, Action, Ticket } from '@/shared/ticket/types'

/** A marked ticket as it was read: what it allows, and under which version. */
export interface Member {
  ticket: Ticket
  etag: string
}

/** Acts that make sense for many tickets in the same words; what is said to one enterprise is not among them. */
const forMany: readonly Action[] = [
  'sign_for',
  'dispatch',
  'designate',
  'reassign',
  'add_co_unit',
  'merge',
  'regrade',
  'supervise',
  'urge',
  'note',
]

/** What every one of them allows. Who handles it is chosen within a unit, so that all must be of one. */
export function commonActs(members: readonly Member[]): readonly Action[] {
  const [first, ...others] = members
  if (!first) return []
  const unit = others.every(({ ticket }) => ticket.unit_id === first.ticket.unit_id)
  return forMany.filter(
    (action) =>
      (unit || action !== 'reassign') &&
      members.every(({ ticket }) => ticket.allowed_actions.includes(action)),
  )
}

/** Into the first that was accepted the others are merged. */
export function oldest(members: readonly Member[]): string {
  const numbers = members.map(({ ticket }) => ticket.ticket_no)
  return numbers.sort()[0] ?? ''
}

/** Which of them the act is for: a ticket is not merged into itself. */
export function meant(
  members: readonly Member[],
  action: Action,
  body: ActInput,
): readonly Member[] {
  if (action !== 'merge') return members
  return members.filter(({ ticket }) => ticket.ticket_no !== body.parent_ticket_no)
}

export type Outcome = 'waiting' | 'sending' | 'done' | 'refused'

export interface Line {
  ticketNo: string
  title: string
  outcome: Outcome
  /** As it is now, when it was done. */
  after?: Ticket
  problem?: Problem
}

interface Slot extends Line {
  etag: string
  /** One for each intention; a new one only when the last answer counts as one. */
  key: string
}

export interface Sender {
  send: (ticketNo: string, etag: string, key: string) => Promise<Result<Ticket>>
  read: (ticketNo: string) => Promise<Member | Problem>
  /** The act is not allowed any more. */
  refusal: () => Problem
  done: (after: Ticket) => void
}

const atOnce = 3

/**
 * One act for many tickets, a few at a time. What was done is never sent again; where there was no
 * answer the same is sent under the same key, so that it is done once; what was refused is looked
 * at anew before it is tried again.
 */
export function createRun(members: readonly Member[], action: Action, sender: Sender) {
  const slots = shallowRef<readonly Slot[]>(
    members.map(({ ticket, etag }) => ({
      ticketNo: ticket.ticket_no,
      title: ticket.title,
      outcome: 'waiting',
      etag,
      key: newKey(),
    })),
  )
  const running = shallowRef(false)
  let stopping = false

  function set(slot: Slot, change: Partial<Slot>): void {
    Object.assign(slot, change)
    triggerRef(slots)
  }

  async function perform(slot: Slot): Promise<void> {
    set(slot, { outcome: 'sending' })
    const answer = await sender.send(slot.ticketNo, slot.etag, slot.key)
    if (answer.ok) {
      set(slot, { outcome: 'done', after: answer.data })
      sender.done(answer.data)
    } else set(slot, { outcome: 'refused', problem: answer.problem })
  }

  /** The situation may be another one now: read it, and if the act is still allowed it is a new one. */
  async function renew(slot: Slot): Promise<boolean> {
    if (slot.problem && mayRetry(slot.problem)) return true
    set(slot, { outcome: 'sending' })
    const now = await sender.read(slot.ticketNo)
    const problem = !('ticket' in now)
      ? now
      : now.ticket.allowed_actions.includes(action)
        ? undefined
        : sender.refusal()
    if (problem) set(slot, { outcome: 'refused', problem })
    else if ('ticket' in now) set(slot, { etag: now.etag, key: newKey() })
    return problem === undefined
  }

  async function work(wanted: readonly Slot[], again: boolean): Promise<void> {
    if (running.value) return
    running.value = true
    stopping = false
    const queue = [...wanted]
    const hand = async (): Promise<void> => {
      for (let slot = queue.shift(); slot && !stopping; slot = queue.shift())
        if (!again || (await renew(slot))) await perform(slot)
    }
    await Promise.all(Array.from({ length: atOnce }, hand))
    running.value = false
  }

  const of = (outcome: Outcome): Slot[] => slots.value.filter((slot) => slot.outcome === outcome)

  return {
    lines: slots as Readonly<typeof slots>,
    running,
    count: (outcome: Outcome): number => of(outcome).length,
    /** Those that wait: all at first, what is left after a stop. */
    start: (): Promise<void> => work(of('waiting'), false),
    again: (): Promise<void> => work(of('refused'), true),
    stop: (): void => void (stopping = true),
  }
}

export type Run = ReturnType<typeof createRun>

/** Reads what is marked, a few at a time; tells how far it is. */
export async function readMembers(
  numbers: readonly string[],
  read: (ticketNo: string) => Promise<Member | Problem>,
  tell: (count: number) => void,
): Promise<readonly (Member | Problem)[]> {
  const found: (Member | Problem)[] = numbers.map(() => networkProblem())
  const queue = numbers.map((ticketNo, at) => ({ ticketNo, at }))
  let count = 0
  const hand = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      found[next.at] = await read(next.ticketNo)
      tell(++count)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, hand))
  return found
}
