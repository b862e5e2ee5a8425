import { shallowRef } from 'vue'
import { api, result, type Result } from '@/shared/api/client'
import { saidBy } from '@/shared/api/problem'
import type { components } from '@/shared/api/schema'
import { setReady } from '../state/desk'

type Schemas = components['schemas']
export type Standing = Schemas['AgentStanding']
export type Place = Schemas['AgentPlace']
export type AgentState = Schemas['AgentState']
export type Break = 'meal' | 'rest' | 'meeting' | 'training' | 'back_office'

export const breaks: readonly Break[] = ['meal', 'rest', 'meeting', 'training', 'back_office']

const away: readonly AgentState[] = ['offline', 'not_ready']
/** A ring pops up for whoever is at work. */
export const isAtWork = (one: Pick<Standing, 'state'>): boolean => !away.includes(one.state)

const onCall: readonly AgentState[] = ['reserved', 'ringing', 'talking', 'held']
export const isOnCall = (one: Pick<Standing, 'state'>): boolean => onCall.includes(one.state)

/** Of two tellings the later: an answer may come after what the feed told since. */
export function later(known: Standing | undefined, told: Standing): Standing {
  if (known?.user_id !== told.user_id) return told
  return (told.since ?? '') < (known.since ?? '') ? known : told
}

/** What the one key asks for: ready, unless he is ready or will be. */
export function toggled(one: Standing): Place {
  const wanted = isOnCall(one) ? (one.next?.state ?? 'ready') : one.state
  return wanted === 'ready' ? { state: 'not_ready', reason: 'rest' } : { state: 'ready' }
}

/** Since when, as 2:05 or 1:02:05. */
export function lasting(since: string | undefined, now: number): string {
  if (since === undefined) return ''
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1000))
  const two = (n: number) => String(n).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
}

/** One's own standing; undefined until it is known. */
export const mine = shallowRef<Standing>()

export function hear(told: Standing): void {
  mine.value = later(mine.value, told)
  setReady(isAtWork(mine.value))
}

async function take(answer: Promise<Result<Standing>>): Promise<string | undefined> {
  const got = await answer
  if (got.ok) hear(got.data)
  return got.ok ? undefined : saidBy(got.problem)
}

/** Each gives what went wrong, in words. */
export const load = () => take(result(api.GET('/agents/me')))
export const choose = (body: Place) => take(result(api.POST('/agents/me/state', { body })))
export const lengthen = () => take(result(api.POST('/agents/me/wrap-up')))

export function forget(): void {
  mine.value = undefined
  setReady(false)
}
