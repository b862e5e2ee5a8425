import type { Problem } from '@/shared/api/problem'
import type { components } from '@/shared/api/schema'
import type { Action, ActInput, Receipt, TicketEvent } from '@/shared/ticket/types'

export type VisitInput = components['schemas']['TicketInput']

/** A file that goes with a queued act; its bytes lie in the store `photos` under `key/n`. */
export interface Photo {
  name: string
  internal: boolean
  bytes: number
  sent: boolean
}

/** Why the server did not take an act, and what happened to the ticket meanwhile. */
export interface Refusal {
  status: number
  code: string
  detail: string
  /** What was typed wrongly, by field. */
  errors?: Problem['errors']
  /** Of others, since the tap. */
  news: readonly TicketEvent[]
  /** The ticket as it stands; missing when it is no longer this official's. */
  version?: number
  seq?: number
  /** The act is possible now, under the new version. */
  again: boolean
  /** What the notices say of a ticket that was taken away. */
  taken?: { at: string; title: string; body: string }
}

interface Waiting {
  /** Given by the store: the order of the taps. */
  id: number
  /** Whose: another person at the same phone neither sees nor sends it. */
  user: number
  /** Made at the tap; the same at every attempt. */
  key: string
  /** Of the tap, ms of the server's clock. */
  at: number
  photos: readonly Photo[]
  /** The act itself has been taken; photos may be left. */
  acted: boolean
  /** Answers of a server in trouble so far. */
  troubles: number
  /** Not before this moment: the time in which a signature can be taken back. */
  heldUntil?: number
  refusal?: Refusal
}

export interface QueuedAct extends Waiting {
  kind: 'act'
  ticketNo: string
  action: Action
  body: ActInput
  /** Version and last event on the screen at the tap. */
  seen: number
  seenSeq?: number
}

export interface QueuedFiles extends Waiting {
  kind: 'files'
  ticketNo: string
}

export interface QueuedVisit extends Waiting {
  kind: 'visit'
  body: VisitInput
  firm: string
  /** Kept until the official has passed the query code on. */
  receipt?: Receipt
}

export type Queued = QueuedAct | QueuedFiles | QueuedVisit

/** What is sent strictly one after the other: the acts on one ticket; a visit by itself. */
export const laneOf = (item: Queued): string =>
  item.kind === 'visit' ? `visit:${item.key}` : item.ticketNo

/** Nothing of it is left to be sent. */
export const isDone = (item: Queued): boolean =>
  (item.kind === 'files' || item.acted) && item.photos.every(({ sent }) => sent)

/** What else a refusal may be read from: the words a person typed, to be copied. */
export function wordsIn(item: Queued): string {
  if (item.kind === 'files') return ''
  const texts = Object.values(item.body).filter((value) => typeof value === 'string')
  return texts.filter((text) => [...text].length >= 2 && /\P{ASCII}|\s/u.test(text)).join('\n')
}

/** Sending later may help. 401 is the gate's business: after the log-in it goes on. */
export const comesLater = (problem: Problem): boolean =>
  problem.status === 0 || problem.status === 401 || problem.status === 429 || problem.status >= 500
