import { shallowRef } from 'vue'
import { api, result, type Result } from '@/shared/api/client'
import { newKey } from '@/shared/api/idempotency'
import type { components } from '@/shared/api/schema'
import type { Call } from '../state/call-tabs'
import { missedCounts } from '../state/missed'

type Schemas = components['schemas']
export type Callback = Schemas['Callback']
export type Outcome = Schemas['CallbackOutcome']

export const outcomes: readonly Outcome[] = ['reached', 'no_answer', 'wrong_number']

/** Claimed by somebody else, and not run out. */
export const isTaken = (one: Callback): boolean => one.claimed_by !== undefined && !one.mine

export const isDue = (one: Callback, now: number): boolean =>
  one.next_at !== undefined && Date.parse(one.next_at) <= now

/** Whom the key takes: the chosen one, else the first that is due and free, else the first free. */
export function nextToCall(
  items: readonly Callback[],
  chosen: number | undefined,
  now: number,
): Callback | undefined {
  const free = items.filter((one) => !isTaken(one))
  return free.find((one) => one.id === chosen) ?? free.find((one) => isDue(one, now)) ?? free[0]
}

/** The missed call as the desk takes one, so that the ticket ends the entry. */
export function callOf(one: Callback): Call | undefined {
  if (one.call_id === undefined) return undefined
  return {
    call_id: one.call_id,
    state: 'abandoned',
    direction: 'in',
    ...(one.mine && { ani: one.number }),
    ...(one.enterprise && { enterprise: one.enterprise }),
  }
}

/** What came of a call is sent under one key until there is an answer that counts. */
export function createTries() {
  const keys = new Map<string, string>()
  return async (one: Callback, outcome: Outcome, note: string): Promise<Result<Callback>> => {
    const body = { outcome, ...(note.trim() !== '' && { note: note.trim() }) }
    const about = JSON.stringify([one.id, one.tries.length, body])
    const key = keys.get(about) ?? newKey()
    keys.set(about, key)
    const answer = await result(
      api.POST('/callbacks/{callback_id}/tries', {
        params: { path: { callback_id: one.id }, header: { 'Idempotency-Key': key } },
        body,
      }),
    )
    if (answer.ok) keys.delete(about)
    return answer
  }
}

const pathOf = (one: Callback) => ({ params: { path: { callback_id: one.id } } })

export const claim = (one: Callback): Promise<Result<Callback>> =>
  result(api.POST('/callbacks/{callback_id}/claim', pathOf(one)))

export const release = (one: Callback) =>
  result(api.DELETE('/callbacks/{callback_id}/claim', pathOf(one)))

export const seeAll = (items: readonly Callback[]) =>
  result(
    api.POST('/callbacks/seen', {
      body: { items: items.map(({ id, missed }) => ({ id, missed })) },
    }),
  )

/** One of the two lists; its counts go to the navigation as well. */
export async function ask(ended: boolean): Promise<Result<{ items: Callback[] }>> {
  const answer = await result(api.GET('/callbacks', { params: { query: { ended } } }))
  if (answer.ok) missedCounts.value = answer.data.counts
  return answer
}

export const now = shallowRef(Date.now())
