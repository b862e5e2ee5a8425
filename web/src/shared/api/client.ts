import createClient, { type Middleware } from 'openapi-fetch'
import { readonly, ref } from 'vue'
import { locale } from '../i18n/locale'
import { networkProblem, toProblem, type Problem } from './problem'
import type { paths } from './schema'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

let csrfToken: string | undefined
let onLoggedOut: (() => void) | undefined
let onWiped: (() => void) | undefined
let device: string | undefined

/** From `/me` and the answer to a log-in. */
export function setCsrfToken(token: string | undefined): void {
  csrfToken = token
}

/** What to do when the server no longer knows the session. */
export function whenLoggedOut(handler: () => void): void {
  onLoggedOut = handler
}

/** The app's own name for this phone; from now on every request says it. */
export function setDevice(id: string | undefined): void {
  device = id
}

/** What to do when the owner has given this phone up. */
export function whenWiped(handler: () => void): void {
  onWiped = handler
}

const reached = ref(true)

/** Did the last request reach the server? navigator.onLine lies after an offline reload. */
export const online = readonly(reached)

/** What goes along with a request that changes something; for those that do not go through `api`. */
export const unsafeHeaders = (): Record<string, string> => ({
  'Accept-Language': locale.value,
  ...(csrfToken && { 'X-CSRF-Token': csrfToken }),
  ...(device && { 'X-Device': device }),
})

const wipedType = '/problems/device-wiped'

async function noteWiped(response: Response): Promise<void> {
  const body: unknown = await response.json().catch(() => undefined)
  const type = typeof body === 'object' && body !== null && 'type' in body ? body.type : ''
  if (String(type).endsWith(wipedType)) onWiped?.()
}

/** What every answer of the server says besides itself. */
export function noteAnswer(status: number): void {
  reached.value = true
  if (status === 401) onLoggedOut?.()
}

const headers: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', locale.value)
    if (device) request.headers.set('X-Device', device)
    if (safe.has(request.method)) return request
    for (const [name, value] of Object.entries(unsafeHeaders())) request.headers.set(name, value)
    return request
  },
  onResponse({ response }) {
    noteAnswer(response.status)
    if (response.status === 401 && onWiped) void noteWiped(response.clone())
  },
  onError() {
    reached.value = false
  },
}

export const api = createClient<paths>({
  baseUrl: '/api/v1',
  // Looked up per call, so that tests and the offline layer can stand in for it.
  fetch: (request) => globalThis.fetch(request),
})
api.use(headers)

export type Result<T> =
  { ok: true; data: T; response: Response } | { ok: false; problem: Problem; response?: Response }

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** Turns a call of `api` into a value: data or problem, never an exception. */
export async function result<T>(call: Promise<Answer<T>>): Promise<Result<T>> {
  try {
    const { data, error, response } = await call
    if (response.ok && error === undefined) return { ok: true, data: data as T, response }
    return { ok: false, problem: toProblem(error, response), response }
  } catch {
    return { ok: false, problem: networkProblem() }
  }
}
