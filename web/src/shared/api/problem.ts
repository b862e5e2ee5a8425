import { k } from '../i18n/kit'
import type { components } from './schema'

/** RFC 9457, as the server sends it; `network` is ours, for a request that got no answer. */
export type Problem = components['schemas']['Problem']

export const networkCode = 'network'

export function networkProblem(): Problem {
  return {
    type: 'about:blank',
    title: k('networkTitle'),
    status: 0,
    code: networkCode,
    detail: k('networkDetail'),
  }
}

function isProblem(value: unknown): value is Problem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'title' in value &&
    typeof value.title === 'string'
  )
}

/** What went wrong, whatever answered: a proxy's HTML page becomes a problem as well. */
export function toProblem(error: unknown, response: Response): Problem {
  if (isProblem(error)) {
    const seconds = Number(response.headers.get('Retry-After'))
    return seconds > 0 && error.retry_after === undefined
      ? { ...error, retry_after: seconds }
      : error
  }
  return {
    type: 'about:blank',
    title: k('serverTitle'),
    status: response.status,
    code: 'internal',
    detail: k('serverDetail', { status: response.status }),
  }
}

/** Sending the same again may help, and with the same Idempotency-Key cannot do harm. */
export function mayRetry(problem: Problem): boolean {
  return (
    problem.code === networkCode ||
    problem.status === 429 ||
    problem.status === 502 ||
    problem.status === 503 ||
    problem.status === 504
  )
}

/** In one sentence: the rule that was broken, where one is named. */
export const saidBy = (problem: Problem): string => problem.errors?.[0]?.message ?? problem.detail

/** First message per field path ("appellant.phone"). */
export function fieldErrors(problem: Problem | undefined): Record<string, string> {
  const byField: Record<string, string> = {}
  for (const { field, message } of problem?.errors ?? []) byField[field] ??= message
  return byField
}
