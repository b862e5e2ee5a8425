import { api, result, type Result } from '@/shared/api/client'
import { newKey } from '@/shared/api/idempotency'
import { mayRetry } from '@/shared/api/problem'
import type { components } from '@/shared/api/schema'
import type { AppealInput } from './draft'

export type Receipt = components['schemas']['Receipt']

export interface Attempt {
  /** What was sent, to the letter: the same body goes under the same key. */
  body: string
  key: string
}

/** The same appeal keeps its key until the server has answered; a changed one is a new appeal. */
export function attemptFor(body: AppealInput, last: Attempt | undefined): Attempt {
  const text = JSON.stringify(body)
  return last?.body === text ? last : { body: text, key: newKey() }
}

export const send = (body: AppealInput, key: string): Promise<Result<Receipt>> =>
  result(
    api.POST('/appeals', {
      body,
      params: { header: { 'Idempotency-Key': key } },
    }),
  )

interface Patience {
  send: (body: AppealInput, key: string) => Promise<Result<Receipt>>
  wait: (seconds: number) => Promise<void>
  /** Tries before the person is asked whether to go on. */
  tries: number
}

const longestWait = 15

/**
 * Sends until there is an answer that counts. "Not now" and "no answer" are tried again with the
 * same key, which cannot make two tickets of one appeal.
 */
export async function submit(attempt: Attempt, patience: Patience): Promise<Result<Receipt>> {
  const body = JSON.parse(attempt.body) as AppealInput
  for (let tried = 1; ; tried++) {
    const answer = await patience.send(body, attempt.key)
    if (answer.ok || !mayRetry(answer.problem) || tried >= patience.tries) return answer
    await patience.wait(Math.min(answer.problem.retry_after ?? tried * 2, longestWait))
  }
}

/** Waits between looks at a queued appeal, s: it is usually a ticket within the first. */
export const pollWaits: readonly number[] = [1, 2, 3, 5, 8, 13, 20, 30, 30, 30]

/** Looks until the queued appeal has become a ticket; false when patience ran out first. */
export async function becomesTicket(
  look: () => Promise<boolean>,
  wait: (seconds: number) => Promise<void>,
): Promise<boolean> {
  for (const seconds of pollWaits) {
    await wait(seconds)
    if (await look()) return true
  }
  return false
}
