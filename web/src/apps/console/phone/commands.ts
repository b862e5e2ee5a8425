import { shallowRef } from 'vue'
import { api, result, type Result } from '@/shared/api/client'
import { newKey } from '@/shared/api/idempotency'
import { mayRetry, saidBy } from '@/shared/api/problem'
import type { components } from '@/shared/api/schema'
import { w } from './talk'

type Schemas = components['schemas']
export type CallCommand = Schemas['CallCommand']
export type CallAction = Schemas['CallAction']
export type OnCall = Exclude<CallAction, 'dial'>
export type Watching = 'listen' | 'whisper' | 'barge'

export const watchings: readonly Watching[] = ['listen', 'whisper', 'barge']

export type Target =
  | { to_user_id: number }
  | { to_unit_id: number }
  | { to_official_id: number }
  | { to_number: string }
export type Purpose = { callback_id: number } | { ticket_no: string }

/** By call; under no name what all exchanges together can. */
const abilities = shallowRef<ReadonlyMap<string, ReadonlySet<CallAction>>>(new Map())

/** What the exchange in charge can do, as far as it is one's own to ask. */
export const can = (action: CallAction, callId = ''): boolean =>
  abilities.value.get(callId)?.has(action) ?? false

export async function learn(callId = ''): Promise<void> {
  const query = callId === '' ? {} : { call_id: callId }
  const answer = await result(api.GET('/calls/actions', { params: { query } }))
  if (!answer.ok) return
  abilities.value = new Map(abilities.value).set(callId, new Set(answer.data.can))
}

/** What has been asked and has not ended, the latest of each kind. */
const waiting = shallowRef<readonly CallCommand[]>([])
export const isWaiting = (action: CallAction): boolean =>
  waiting.value.some((one) => one.action === action)

/** On whose call somebody was called in. Nobody else tells, so this tab keeps it over a reload. */
const joined = shallowRef<ReadonlySet<string>>(new Set())
export const hasThird = (callId: string): boolean => joined.value.has(callId)

const storageKey = 'qp.thirds'
const mostKept = 5

function keepThirds(calls: ReadonlySet<string>): void {
  joined.value = calls
  try {
    sessionStorage.setItem(storageKey, JSON.stringify([...calls].slice(-mostKept)))
  } catch {
    // it then lasts until a reload
  }
}

/** What this tab knew before it was loaded anew. */
export function recallThirds(): void {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]')
    if (!Array.isArray(kept)) return
    const calls = kept.filter((one): one is string => typeof one === 'string')
    joined.value = new Set([...calls, ...joined.value])
  } catch {
    // as if nothing stood there
  }
}

const isOver = (one: CallCommand): boolean => one.state === 'done' || one.state === 'failed'

// The feed may be quicker than the answer to the request.
let ended: readonly CallCommand[] = []

function note(one: CallCommand): void {
  const known = ended.find(({ id }) => id === one.id) ?? one
  const others = waiting.value.filter(({ id }) => id !== one.id)
  waiting.value = isOver(known) ? others : [...others, known]
  if (!isOver(known)) return
  ended = [...ended.filter(({ id }) => id !== known.id), known].slice(-20)
  const next = new Set(joined.value)
  // One whom nobody can let go has gone by himself.
  if (known.action === 'drop') next.delete(known.call_id)
  if (known.state === 'done' && known.action === 'conference') next.add(known.call_id)
  if (known.state === 'done' && known.action === 'transfer') next.delete(known.call_id)
  keepThirds(next)
}

interface Told {
  tone: 'ok' | 'bad'
  text: string
}

/** What a command that has ended is to be told as; nothing where the state of the call says it. */
function toldOf(one: CallCommand): Told | undefined {
  if (one.state === 'failed') return { tone: 'bad', text: w(`fault.${one.reason ?? 'refused'}`) }
  const { action } = one
  const silent = action === 'hold' || action === 'resume' || action === 'hang_up'
  if (one.state !== 'done' || silent || action === 'drop') return undefined
  return { tone: 'ok', text: w(`done.${action}`) }
}

/** From the feed; gives what to say of it, once. */
export function hear(one: CallCommand): Told | undefined {
  const before = ended.some(({ id }) => id === one.id)
  note(one)
  return before || !isOver(one) ? undefined : toldOf(one)
}

/** One key for one intention, until there is an answer that counts. */
const keys = new Map<string, string>()

async function ask(
  about: string,
  send: (header: { 'Idempotency-Key': string }) => Promise<Result<CallCommand>>,
  followed = false,
): Promise<Told | undefined> {
  const key = keys.get(about) ?? newKey()
  keys.set(about, key)
  const answer = await send({ 'Idempotency-Key': key })
  const counts = answer.ok ? !followed || isOver(answer.data) : !mayRetry(answer.problem)
  if (counts) keys.delete(about)
  if (!answer.ok) return { tone: 'bad', text: saidBy(answer.problem) }
  const known = ended.some(({ id }) => id === answer.data.id)
  note(answer.data)
  return known || !isOver(answer.data) ? undefined : toldOf(answer.data)
}

/** Gives what to say of it, if it has ended already. */
export function command(
  callId: string,
  action: OnCall,
  target?: Target,
): Promise<Told | undefined> {
  return ask(JSON.stringify([callId, action, target]), (header) =>
    result(
      api.POST('/calls/{call_id}/actions/{action}', {
        params: { path: { call_id: callId, action }, header },
        ...(target && { body: target }),
      }),
    ),
  )
}

const asksAgainAfter = 1500
/** The server gives up before that. */
const mostQuestions = 80

/** A call of ours, followed to its answer: whoever reviews has no feed of calls. */
export async function dial(
  purpose: Purpose,
  pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms)),
): Promise<Told | undefined> {
  const about = JSON.stringify(purpose)
  for (let asked = 0; asked < mostQuestions; asked += 1) {
    const told = await ask(
      about,
      (header) => result(api.POST('/calls', { params: { header }, body: purpose })),
      true,
    )
    if (told || !isWaiting('dial')) return told
    await pause(asksAgainAfter)
  }
  return { tone: 'bad', text: w('fault.no_word') }
}

export function forgetCommands(): void {
  abilities.value = new Map()
  waiting.value = []
  keepThirds(new Set())
  ended = []
  keys.clear()
}
