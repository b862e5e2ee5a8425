import { shallowRef, readonly } from 'vue'
import { serverClock } from '../clock/server-clock'
import { api, result, setCsrfToken, type Result } from './client'
import type { components } from './schema'

export type Me = components['schemas']['Me']

const current = shallowRef<Me>()

/** Who is logged in on this page; undefined before the answer and when nobody is. */
export const me = readonly(current)

interface Memory {
  recall: () => Promise<Me | undefined>
  forget: () => void
}
let memory: Memory | undefined

/** Who it was the last time, for pages that open without a network; forgotten when the session is over. */
export function rememberMe(how: Memory): void {
  memory = how
}

function take(answer: Result<Me>, askedAt: number): Result<Me> {
  if (answer.ok) {
    serverClock.observe(Date.parse(answer.data.server_time), askedAt, Date.now())
    setCsrfToken(answer.data.csrf_token)
    current.value = answer.data
  }
  return answer
}

export async function loadMe(): Promise<Result<Me>> {
  const askedAt = Date.now()
  const answer = take(await result(api.GET('/me')), askedAt)
  const known = !answer.ok && answer.problem.status === 0 ? await memory?.recall() : undefined
  if (known && !current.value) {
    setCsrfToken(known.csrf_token)
    current.value = known
  }
  return answer
}

export async function logIn(login: string, password: string): Promise<Result<Me>> {
  const askedAt = Date.now()
  return take(await result(api.POST('/auth/login', { body: { login, password } })), askedAt)
}

export async function logOut(): Promise<void> {
  await result(api.POST('/auth/logout'))
  forgetSession()
}

export async function changePassword(current_: string, next: string): Promise<Result<unknown>> {
  return result(api.POST('/me/password', { body: { current: current_, new: next } }))
}

export function forgetSession(): void {
  memory?.forget()
  setCsrfToken(undefined)
  current.value = undefined
}

export function may(permission: string): boolean {
  return current.value?.permissions?.includes(permission) ?? false
}
