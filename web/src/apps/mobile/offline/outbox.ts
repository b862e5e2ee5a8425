import { triggerRef } from 'vue'
import type { Action, ActInput } from '@/shared/ticket/types'
import { isDone, laneOf, type Photo, type Queued, type VisitInput } from './queued'
import { shelf, type Write } from './shelf'
import { queue } from '../state/queue'

/** A file as it was chosen, made small already. */
export interface Chosen {
  name: string
  internal: boolean
  body: Blob
}

export type Draft = { key: string; at: number; user: number; files: readonly Chosen[] } & (
  | {
      kind: 'act'
      ticketNo: string
      action: Action
      body: ActInput
      seen: number
      seenSeq?: number | undefined
      heldUntil?: number
    }
  | { kind: 'files'; ticketNo: string }
  | { kind: 'visit'; body: VisitInput; firm: string }
)

export const photoKey = (item: Pick<Queued, 'key'>, n: number): string => `${item.key}/${n}`

/** What stands in the store, on the screen; other pages of this browser look again. */
const others =
  typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('qp-outbox')
others?.addEventListener('message', () => void readQueue())

export async function readQueue(): Promise<void> {
  queue.value = await (await shelf()).all<Queued>('outbox')
}

async function changed(): Promise<void> {
  await readQueue()
  triggerRef(queue)
  others?.postMessage('')
}

/** Safely on the phone when it resolves; it throws where there is no room left. */
export async function enqueue({ files, ...draft }: Draft): Promise<Queued> {
  const drawer = await shelf()
  // The photos first: a phone switched off in between leaves bytes nobody names, never an act without them.
  await drawer.batch(
    files.map(({ body }, n) => ({ store: 'photos', key: photoKey(draft, n), value: body })),
  )
  const photos = files.map(({ name, internal, body }): Photo => ({
    name,
    internal,
    bytes: body.size,
    sent: false,
  }))
  const item = await drawer.append('outbox', (id) => {
    return { ...draft, id, photos, acted: false, troubles: 0 } as Queued
  })
  await changed()
  return item
}

export async function save(item: Queued, beside: readonly Write[] = []): Promise<void> {
  await (await shelf()).batch([{ store: 'outbox', key: item.id, value: item }, ...beside])
  await changed()
}

const gone = (item: Queued): Write[] => [
  { store: 'outbox', key: item.id },
  ...item.photos.map((_, n): Write => ({ store: 'photos', key: photoKey(item, n) })),
]

/** Sent, taken back or given up: off the phone with its photos. */
export async function drop(item: Queued, beside: readonly Write[] = []): Promise<void> {
  await (await shelf()).batch([...gone(item), ...beside])
  await changed()
}

/** Saves how far it came; what has nothing left to send goes, but for a visit whose code is still to be passed on. */
export const keepOrDrop = (item: Queued, beside: readonly Write[] = []): Promise<void> =>
  isDone(item) && item.kind !== 'visit' ? drop(item, beside) : save(item, beside)

export async function bodyOf(item: Queued, n: number): Promise<Blob | undefined> {
  return (await shelf()).get<Blob>('photos', photoKey(item, n))
}

/** The time to take it back is over: something else was done to the ticket. */
export async function release(ticketNo: string): Promise<void> {
  for (const item of queue.value)
    if (item.heldUntil !== undefined && laneOf(item) === ticketNo) {
      const free = { ...item }
      delete free.heldUntil
      await save(free)
    }
}

/** Bytes whose act was never written down, because the phone went off in between. */
export async function sweepPhotos(): Promise<void> {
  const drawer = await shelf()
  const named = new Set(
    (await drawer.all<Queued>('outbox')).flatMap((item) =>
      item.photos.map((_, n) => photoKey(item, n)),
    ),
  )
  const orphans = (await drawer.keys('photos')).filter((key) => !named.has(String(key)))
  await drawer.batch(orphans.map((key) => ({ store: 'photos', key })))
}
