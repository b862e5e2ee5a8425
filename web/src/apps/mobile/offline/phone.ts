import { watch } from 'vue'
import { api, online, result, whenWiped, type Result } from '@/shared/api/client'
import type { Problem } from '@/shared/api/problem'
import { loadMe, me, type Me } from '@/shared/api/session'
import { serverClock } from '@/shared/clock/server-clock'
import { backOff } from '@/shared/live/sequence'
import { setUnitsAtHand } from '@/shared/ticket/find-units'
import { loadReference, reference } from '@/shared/ticket/reference'
import type { Action, ActInput, Reference, Ticket, Unit } from '@/shared/ticket/types'
import { sendAct } from '@/shared/ticket/use-ticket'
import { queue } from '../state/queue'
import { foreseen } from './foresee'
import { keepAnswer, keptAnswer, keptFor, keptTicket } from './keep'
import { alone } from './lock'
import { drop, enqueue, readQueue, release, sweepPhotos, type Chosen } from './outbox'
import { isDone, laneOf, type Queued, type VisitInput } from './queued'
import { sendAll, type Round } from './send'
import { shelf } from './shelf'
import { warmUp } from './warm'
import { wireTo } from './wire'
import { wipe } from './wipe'
import { joinNotices, listenToWorker } from './worker'

/** How long a form waits for the answer before it says that the act waits on the phone, ms. */
const patience = 8000
const patienceOffline = 1500

let onSeen: (ticket: Ticket) => void = () => undefined
const wire = wireTo((ticket) => onSeen(ticket))

let running: Promise<void> | undefined
let askedAgain = false
let failures = 0
let timer: ReturnType<typeof setTimeout> | undefined

function later(ms: number): void {
  clearTimeout(timer)
  timer = setTimeout(() => void drain(), ms)
}

async function round(): Promise<void> {
  const user = me.value?.user
  if (!user) return
  let done: Round = { later: true, wait: 5 } // another page of this browser is at it
  const sender = { user: user.id, name: user.name, now: () => serverClock.now(), wire }
  await alone(async (renew) => {
    done = await sendAll(sender, renew)
  })
  failures = done.later ? failures + 1 : 0
  if (done.later) return later(done.wait ? done.wait * 1000 : backOff(failures))
  const holds = queue.value.flatMap(({ heldUntil }) => heldUntil ?? [])
  if (holds.length > 0) later(Math.max(50, Math.min(...holds) - serverClock.now()))
}

/** Sends what waits, unless that is under way; what came in meanwhile is seen to afterwards. */
export function drain(): Promise<void> {
  askedAgain = running !== undefined
  running ??= round().finally(() => {
    running = undefined
    if (askedAgain) void drain()
  })
  return running
}

/** From now on, for as long as the page is open. `seen`: every fresh state of a ticket. */
export async function startPhone(seen: (ticket: Ticket) => void): Promise<void> {
  onSeen = seen
  setUnitsAtHand(async () => (await keptAnswer<readonly Unit[]>('units'))?.data ?? [])
  await readQueue()
  await sweepPhotos()
  if (queue.value.length === 0) await forgetLanes()
  watch(me, (now) => now && void enter(now), { immediate: true })
  watch(online, (now) => {
    if (!now) return
    failures = 0
    void loadMe()
    void drain()
  })
  addEventListener('online', () => void drain())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void drain()
  })
  addEventListener('pagehide', flush)
  listenToWorker()
  whenWiped(() => void wipe())
}

async function forgetLanes(): Promise<void> {
  const drawer = await shelf()
  const lanes = (await drawer.keys('kept')).filter((key) => String(key).startsWith('lane:'))
  await drawer.batch(lanes.map((key) => ({ store: 'kept', key })))
}

async function enter(now: NonNullable<typeof me.value>): Promise<void> {
  await keptFor(now.user.id)
  await keepAnswer('me', now)
  void drain()
  if (online.value) void joinNotices()
  await keepReference()
  if (online.value) await warmUp()
}

/** Words and units the forms need, once a day anew. */
async function keepReference(): Promise<void> {
  const kept = await keptAnswer<Reference>('reference')
  if (kept) reference.value ??= kept.data
  await loadReference()
  if (reference.value) await keepAnswer('reference', reference.value)
  const units = await keptAnswer<readonly Unit[]>('units')
  if (units && Date.now() - units.at < 86_400_000) return
  const answer = await result(api.GET('/units', { params: { query: { limit: 500 } } }))
  if (answer.ok) await keepAnswer('units', answer.data.items)
}

export const recallMe = async (): Promise<Me | undefined> => (await keptAnswer<Me>('me'))?.data

/** The person has left the log-in behind: nothing of him opens without a network. */
export async function forgetMe(): Promise<void> {
  await (await shelf()).batch([{ store: 'kept', key: 'me' }])
}

export type Settled = 'sent' | 'refused' | 'waiting'

const stateOf = (id: number): Settled => {
  const item = queue.value.find((one) => one.id === id)
  if (item?.refusal) return 'refused'
  return !item || isDone(item) || item.acted ? 'sent' : 'waiting'
}

/** What has become of an item, as soon as that is known, or after `ms`. */
function settled(id: number, ms: number): Promise<Settled> {
  return new Promise((tell) => {
    let over: ReturnType<typeof setTimeout> | undefined = undefined
    const stop = watch(
      queue,
      () => {
        const state = stateOf(id)
        if (state === 'waiting') return
        clearTimeout(over)
        queueMicrotask(() => stop())
        tell(state)
      },
      { immediate: true, flush: 'sync' },
    )
    over = setTimeout(() => {
      stop()
      tell(stateOf(id))
    }, ms)
  })
}

/** A moment of the server's clock, made the same on every screen. */
const now = (): number => Math.round(serverClock.now())

const noRoom = (detail: string): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { type: 'about:blank', title: detail, status: 0, code: 'no_room', detail },
})

interface Wanted {
  key: string
  files: readonly Chosen[]
  /** What is said when the phone has no room left. */
  full: string
}

/** Writes it down, sends it where that is possible, and says how far it came. */
async function hand(
  draft: Parameters<typeof enqueue>[0],
  onKept: (item: Queued) => void = () => undefined,
): Promise<{ item: Queued; as: Settled }> {
  const known = queue.value.find(({ key }) => key === draft.key)
  const item = known ?? (await enqueue(draft))
  onKept(item)
  void (navigator as Partial<Navigator>).storage?.persist?.().catch(() => false)
  const ahead = queue.value.some(
    (one) => one.id < item.id && laneOf(one) === laneOf(item) && one.refusal && !isDone(one),
  )
  void drain()
  const as = ahead ? 'waiting' : await settled(item.id, online.value ? patience : patienceOffline)
  return { item, as }
}

const userId = (): number => me.value?.user.id ?? 0

/** An act on a ticket as it stands on the screen. What its form can put right comes back to it; all else is told on the ticket. */
export async function act(
  on: { ticket: Ticket; seq?: number | undefined },
  action: Action,
  body: ActInput,
  { key, files, full }: Wanted,
): Promise<Result<Ticket> & { waits?: boolean }> {
  const { ticket_no: ticketNo, version: seen } = on.ticket
  const base = { kind: 'act', ticketNo, action, body, seen, seenSeq: on.seq, files } as const
  let handed
  try {
    await release(ticketNo)
    handed = await hand({ ...base, key, at: now(), user: userId() })
  } catch {
    return noRoom(full)
  }
  const item = queue.value.find(({ id }) => id === handed.item.id)
  const problem = item?.refusal && problemFor(item)
  if (problem && item) {
    await drop(item)
    return { ok: false, problem }
  }
  const kept = await keptTicket(ticketNo)
  const data = foreseen(kept?.detail ?? on.ticket, queue.value)
  return { ok: true, data, response: new Response(), waits: handed.as === 'waiting' }
}

/** Only what was typed wrongly goes back to the form. */
function problemFor({ refusal }: Queued): Problem | undefined {
  if (!refusal?.errors?.length) return undefined
  const { status, code, detail, errors } = refusal
  return { type: 'about:blank', title: detail, status, code, detail, errors }
}

export async function addFiles(ticketNo: string, { key, files }: Wanted): Promise<Settled> {
  return (await hand({ kind: 'files', ticketNo, key, files, at: now(), user: userId() })).as
}

/** `onKept` as soon as it is safely on the phone: from then on it is the queue's, and the form must not send it anew. */
export async function fileVisit(
  body: VisitInput,
  firm: string,
  { key, files, full }: Wanted,
  onKept: (item: Queued) => void,
): Promise<{ problem: Problem } | undefined> {
  let handed
  try {
    const draft = { kind: 'visit', body, firm, key, files, at: now(), user: userId() } as const
    handed = await hand(draft, onKept)
  } catch {
    return noRoom(full)
  }
  const item = queue.value.find(({ id }) => id === handed.item.id)
  const problem = item && problemFor(item)
  if (!problem) return undefined
  await drop(item)
  return { problem }
}

/** One tap signs; until `heldUntil` it can be taken back. */
export async function sign(
  ticketNo: string,
  seen: number,
  key: string,
  undo: number,
): Promise<Queued> {
  const seq = (await keptTicket(ticketNo))?.events?.at(-1)?.seq
  const at = now()
  const item = await enqueue({
    ...{ kind: 'act', ticketNo, action: 'sign_for', body: {}, seen, seenSeq: seq, key, at },
    ...{ user: userId(), files: [], heldUntil: at + undo },
  })
  later(undo)
  return item
}

/** False: it is on its way already, or something was done after it. */
export async function takeBack({ id }: Queued): Promise<boolean> {
  const item = queue.value.find((one) => one.id === id)
  if (!item || item.heldUntil === undefined || item.heldUntil <= now()) return false
  await drop(item)
  return true
}

/** The page goes away: a signature that waits for its five seconds is sent now. Should the answer get lost, the same key asks again at the next start. */
function flush(): void {
  for (const item of queue.value)
    if (item.kind === 'act' && item.heldUntil !== undefined && item.user === me.value?.user.id)
      void sendAct(item.ticketNo, item.action, item.body, `"${item.seen}"`, item.key, {
        keepalive: true,
      })
}

export * from './keep'
export { keepMine } from './prefetch'
export { discard, sendAgain } from './send'
export { wipe }
