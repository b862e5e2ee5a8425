import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { Place } from '@/shared/live/live-client'

/** Somebody else at the ticket on the screen. */
export interface Colleague {
  name: string
  role: string
  doing: Place['doing']
}

interface Told {
  ticketNo: string
  people: readonly Colleague[]
  /** How many there are in all: not everybody is named. */
  count: number
}

const told = shallowRef<Told>()
let place: Place | undefined
let say: ((place: Place | undefined) => void) | undefined

/** The way to the server, for as long as there is one. */
export function speakThrough(way: typeof say): void {
  say = way
  say?.(place)
}

const isColleague = (value: unknown): value is Colleague => {
  if (typeof value !== 'object' || value === null) return false
  const { name, doing } = value as Partial<Record<keyof Colleague, unknown>>
  return typeof name === 'string' && (doing === 'viewing' || doing === 'editing')
}

export function hearColleagues(type: string, data: Record<string, unknown>): void {
  const { ticket_no: ticketNo, people, count } = data
  if (type !== 'presence' || typeof ticketNo !== 'string' || !Array.isArray(people)) return
  const known = (people as unknown[]).filter(isColleague)
  told.value = { ticketNo, people: known, count: typeof count === 'number' ? count : known.length }
}

/** Without the feed nobody knows who is there. */
export function forgetColleagues(): void {
  told.value = undefined
}

function stand(next: Place | undefined): void {
  place = next
  say?.(next)
}

/** Tells the others where one is for as long as the component lives, and who of them is there. */
export function usePresence(ticketNo: () => string | undefined, editing: () => boolean) {
  watch(
    [ticketNo, editing],
    ([ticket, edits]) => {
      stand(ticket === undefined ? undefined : { ticket, doing: edits ? 'editing' : 'viewing' })
    },
    { immediate: true },
  )
  onScopeDispose(() => stand(undefined))
  return computed(() => (told.value?.ticketNo === ticketNo() ? told.value : undefined))
}

/** Those named, by what they do; `more` are not named. */
export function grouped(here: Told | undefined) {
  const names = (doing: Place['doing']): string[] =>
    (here?.people ?? []).filter((one) => one.doing === doing).map((one) => one.name)
  const [editing, viewing] = [names('editing'), names('viewing')]
  return { editing, viewing, more: (here?.count ?? 0) - editing.length - viewing.length }
}

export type Here = Told
