import { computed, ref, shallowRef } from 'vue'
import { api, result, type Result } from '@/shared/api/client'
import { newKey } from '@/shared/api/idempotency'
import {
  activeTab,
  addTab,
  attemptFor,
  changeTab,
  closeTab,
  mergeTabs,
  openingTabs,
  reviveTabs,
  storableTabs,
  takeCall,
  unsent,
  type Call,
  type Receipt,
  type Tabs,
} from './call-tabs'
import { toTicketInput, type Draft } from './draft'

/** The agent's desk: drafts in tabs, the calls they belong to, kept over reload and crash. */
const state = shallowRef<Tabs>(openingTabs('first'))
export const desk = computed(() => state.value)

export const calls = shallowRef<ReadonlyMap<string, Call>>(new Map())

const saveAfter = 300
let storageKey: string | undefined
let timer: ReturnType<typeof setTimeout> | undefined

export const freshId = (): string => newKey().slice(0, 8)

/** Whether this machine keeps the drafts; when not, they last for the visit and the form says so. */
export const kept = ref(true)

/** What this window and the storage agreed on last. */
let base = state.value

function stored(): string | null {
  return storageKey === undefined ? null : localStorage.getItem(storageKey)
}

/** Takes over what another window of the browser has written meanwhile. */
function catchUp(text: string | null): void {
  if (text === null || text === storableTabs(base)) return
  state.value = mergeTabs(base, state.value, reviveTabs(text, freshId()), freshId())
}

function save(): void {
  clearTimeout(timer)
  timer = undefined
  if (storageKey === undefined) return
  try {
    catchUp(stored())
    localStorage.setItem(storageKey, storableTabs(state.value))
    base = state.value
    kept.value = true
  } catch {
    kept.value = false // storage is full or switched off
  }
}

addEventListener('storage', ({ key, newValue }) => {
  if (key === null || key !== storageKey) return
  if (newValue === null) {
    // Left on purpose in another window: nothing of this person is written here any more.
    clearTimeout(timer)
    timer = storageKey = undefined
    return
  }
  catchUp(newValue)
  base = reviveTabs(newValue, freshId())
})

function set(next: Tabs, now = false): void {
  state.value = next
  if (now) return save()
  timer ??= setTimeout(save, saveAfter)
}

/** Drafts belong to the person, not to the machine. */
export function openDesk(userId: number): void {
  if (timer !== undefined) save() // what the one before typed last is his
  storageKey = `qp.desk.${userId}`
  calls.value = new Map()
  let found: string | null = null
  try {
    found = stored()
  } catch {
    // see save()
  }
  state.value = base = reviveTabs(found, freshId())
}

/** Whoever leaves on purpose leaves no personal data on the machine. */
export function clearDesk(): void {
  clearTimeout(timer)
  timer = undefined
  try {
    if (storageKey !== undefined) localStorage.removeItem(storageKey)
  } catch {
    // see save()
  }
  storageKey = undefined
  calls.value = new Map()
  state.value = base = openingTabs(freshId())
}

addEventListener('pagehide', () => timer !== undefined && save())

export const unsentCount = (): number => unsent(state.value).length

export const edit = (id: string, draft: Draft): void => set(changeTab(state.value, id, { draft }))
export const activate = (id: string): void => set({ ...state.value, active: id }, true)
export const open = (): void => set(addTab(state.value, freshId()), true)
export const close = (id: string): void => set(closeTab(state.value, id, freshId()), true)

/** Shows the tab after the active one, round and round. */
export function activateNext(): void {
  const { tabs, active } = state.value
  const at = tabs.findIndex((tab) => tab.id === active)
  const next = tabs[(at + 1) % tabs.length]
  if (next) activate(next.id)
}

const alive = new Set<Call['state']>(['ringing', 'talking', 'held'])

/** When each call was last told of, by count: what came after a list was asked is newer than it. */
const toldAt = new Map<string, number>()
let tellings = 0

/** Keeps what is known of a call; gives back whether it pops (rings for the first time here). */
export function noteCall(call: Call, ready: boolean): boolean {
  toldAt.set(call.call_id, ++tellings)
  const known = calls.value.get(call.call_id)
  const merged = { ...known, ...call }
  calls.value = new Map(calls.value).set(call.call_id, merged)
  const hasTab = state.value.tabs.some((tab) => tab.callId === call.call_id)
  // Whoever calls somebody knows why, and has it on his screen.
  if (!hasTab && call.direction === 'out') return false
  if (!hasTab && (!ready || !alive.has(call.state) || call.ticket_no !== undefined)) return false
  if (!hasTab || alive.has(call.state)) set(takeCall(state.value, merged, freshId()), true)
  return !hasTab
}

/** What the feed could not tell: calls from before this page was open, and what became of them. */
export async function catchUpWithCalls(): Promise<void> {
  const asked = tellings
  const query = { live: true, mine: true, limit: 100 }
  const answer = await result(api.GET('/calls', { params: { query } }))
  if (!answer.ok) return
  const going = new Set(answer.data.items.map((call) => call.call_id))
  const over = [...calls.value.values()].filter(
    (call) => alive.has(call.state) && !going.has(call.call_id),
  )
  const found = [
    ...answer.data.items,
    ...over.map((call) => ({ ...call, state: 'ended' as const })),
  ]
  for (const call of found) {
    if ((toldAt.get(call.call_id) ?? 0) <= asked) noteCall(call, ready.value)
  }
}

/** A ticket for a call of the list, whatever became of the call. */
export function writeFor(call: Call): void {
  calls.value = new Map(calls.value).set(call.call_id, call)
  const next = takeCall(state.value, call, freshId())
  const tab = next.tabs.find((one) => one.callId === call.call_id)
  set({ ...next, active: tab?.id ?? next.active }, true)
}

export async function file(id: string): Promise<Result<Receipt> | undefined> {
  const tab = state.value.tabs.find((one) => one.id === id)
  if (!tab) return undefined
  const input = toTicketInput(tab.draft, tab.callId)
  const attempt = attemptFor(tab, JSON.stringify(input), newKey)
  // The key is on disk before the request leaves: after a crash the same again is the same ticket.
  set(changeTab(state.value, id, { attempt }), true)
  const answer = await result(
    api.POST('/tickets', {
      params: { header: { 'Idempotency-Key': attempt?.key ?? newKey() } },
      body: input,
    }),
  )
  if (answer.ok) set(changeTab(state.value, id, { receipt: answer.data }), true)
  return answer
}

export const currentTab = () => activeTab(state.value)

/** 就绪: where the agent's telephone stands says so; else a call is listed, but nothing pops up. */
export const ready = ref(false)

/** Whoever comes to his place finds what is ringing there already. */
export function setReady(next: boolean): void {
  const comes = next && !ready.value
  ready.value = next
  if (comes) void catchUpWithCalls()
}
