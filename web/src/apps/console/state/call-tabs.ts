import type { components } from '@/shared/api/schema'
import { emptyDraft, isTouched, reviveDraft, withEnterprise, type Draft } from './draft'

type Schemas = components['schemas']
export type Call = Schemas['Call']
export type Receipt = Schemas['Receipt']

/** One ticket being written; a call has its own. */
export interface Tab {
  id: string
  draft: Draft
  callId?: string | undefined
  /** What was sent last, to the letter, and under which key: the same again is the same appeal. */
  attempt?: { body: string; key: string } | undefined
  receipt?: Receipt | undefined
}

export interface Tabs {
  tabs: readonly Tab[]
  active: string
}

const newTab = (id: string, draft = emptyDraft()): Tab => ({ id, draft })

export const openingTabs = (id: string): Tabs => ({ tabs: [newTab(id)], active: id })

export const activeTab = (state: Tabs): Tab | undefined =>
  state.tabs.find((tab) => tab.id === state.active)

/** Nothing of the person's own would be lost if something else took this tab. */
const isFree = (tab: Tab): boolean => tab.callId === undefined && !isTouched(tab.draft)

function prefill(draft: Draft, call: Call): Draft {
  const phone = draft.phone || (call.ani ?? '')
  const filled = { ...draft, channel: 'phone', phone }
  return call.enterprise && draft.enterpriseId === '' && draft.enterpriseName === ''
    ? withEnterprise(filled, call.enterprise)
    : filled
}

const replace = (state: Tabs, tab: Tab): Tabs => ({
  ...state,
  tabs: state.tabs.map((one) => (one.id === tab.id ? tab : one)),
})

/**
 * A ringing or answered call gets a tab. It takes the active one only when that holds nothing of
 * the person's own; else it waits in a tab beside it and the draft stays where it is.
 */
export function takeCall(state: Tabs, call: Call, newId: string): Tabs {
  const known = state.tabs.find((tab) => tab.callId === call.call_id)
  if (known) {
    const late = known.receipt ? known : { ...known, draft: prefill(known.draft, call) }
    return replace(state, late)
  }
  const active = activeTab(state)
  if (active && isFree(active) && !active.receipt) {
    const taken = { ...active, callId: call.call_id, draft: prefill(active.draft, call) }
    return replace(state, taken)
  }
  const parked = { ...newTab(newId, prefill(emptyDraft(), call)), callId: call.call_id }
  const finished = active?.receipt !== undefined
  return {
    tabs: [...state.tabs.filter((tab) => !finished || tab !== active), parked],
    active: finished ? newId : state.active,
  }
}

export function addTab(state: Tabs, newId: string): Tabs {
  const free = state.tabs.find((tab) => isFree(tab) && !tab.receipt)
  if (free) return { ...state, active: free.id }
  return { tabs: [...state.tabs, newTab(newId)], active: newId }
}

/** Takes a tab away; the neighbour is shown, and there is always one. */
export function closeTab(state: Tabs, id: string, newId: string): Tabs {
  const at = state.tabs.findIndex((tab) => tab.id === id)
  if (at < 0) return state
  const tabs = state.tabs.filter((tab) => tab.id !== id)
  const neighbour = tabs[Math.min(at, tabs.length - 1)]
  if (!neighbour) return openingTabs(newId)
  return { tabs, active: state.active === id ? neighbour.id : state.active }
}

export const changeTab = (state: Tabs, id: string, change: Partial<Tab>): Tabs => ({
  ...state,
  tabs: state.tabs.map((tab) => (tab.id === id ? { ...tab, ...change } : tab)),
})

/** Tabs with something unsent in them. */
export const unsent = (state: Tabs): readonly Tab[] =>
  state.tabs.filter((tab) => !tab.receipt && isTouched(tab.draft))

/** The same body goes under the same key, whatever became of the first answer. */
export function attemptFor(tab: Tab, body: string, newKey: () => string): Tab['attempt'] {
  return tab.attempt?.body === body ? tab.attempt : { body, key: newKey() }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

function reviveTab(stored: unknown): Tab[] {
  if (!isRecord(stored) || typeof stored['id'] !== 'string') return []
  const { callId, attempt } = stored
  return [
    {
      id: stored['id'],
      draft: reviveDraft(stored['draft']),
      ...(typeof callId === 'string' && { callId }),
      ...(isRecord(attempt) &&
        typeof attempt['body'] === 'string' &&
        typeof attempt['key'] === 'string' && {
          attempt: { body: attempt['body'], key: attempt['key'] },
        }),
    },
  ]
}

/** What storage kept, of any age; filed tickets are not brought back. */
export function reviveTabs(stored: string | null, newId: string): Tabs {
  let value: unknown
  try {
    value = JSON.parse(stored ?? '')
  } catch {
    return openingTabs(newId)
  }
  if (!isRecord(value) || !Array.isArray(value['tabs'])) return openingTabs(newId)
  const tabs = (value['tabs'] as unknown[]).flatMap(reviveTab)
  const first = tabs[0]
  if (!first) return openingTabs(newId)
  const active = tabs.find((tab) => tab.id === value['active']) ?? first
  return { tabs, active: active.id }
}

/** Field by field: what was changed here since both knew the same stays, else theirs is taken. */
function mergedDraft(base: Draft | undefined, mine: Draft, theirs: Draft): Draft {
  const next = { ...theirs }
  for (const key of Object.keys(mine) as (keyof Draft)[])
    if (base === undefined || mine[key] !== base[key]) Reflect.set(next, key, mine[key])
  return next
}

const same = (one: Tab | undefined, other: Tab | undefined): boolean =>
  JSON.stringify(one?.draft) === JSON.stringify(other?.draft)

/** The same draft elsewhere; each window gives a call a tab of its own. */
const twinOf = (tab: Tab, state: Tabs): Tab | undefined =>
  state.tabs.find((one) => one.id === tab.id) ??
  state.tabs.find((one) => tab.callId !== undefined && one.callId === tab.callId)

/**
 * Two windows of one browser keep one desk. `base` is what both knew last; a draft is only gone
 * when one of them closed or filed it and the other has not touched it since.
 */
export function mergeTabs(base: Tabs, mine: Tabs, theirs: Tabs, newId: string): Tabs {
  const kept = mine.tabs.flatMap((tab): Tab[] => {
    const [before, other] = [twinOf(tab, base), twinOf(tab, theirs)]
    if (other && !tab.receipt)
      return [{ ...other, ...tab, draft: mergedDraft(before?.draft, tab.draft, other.draft) }]
    return other || tab.receipt || !before || !same(before, tab) ? [tab] : []
  })
  const arrived = theirs.tabs.filter((tab) => {
    if (twinOf(tab, mine)) return false
    const before = twinOf(tab, base)
    return before === undefined ? !isFree(tab) : !same(before, tab)
  })
  const tabs = [...kept, ...arrived]
  const first = tabs[0]
  if (!first) return openingTabs(newId)
  return { tabs, active: tabs.some(({ id }) => id === mine.active) ? mine.active : first.id }
}

export function storableTabs(state: Tabs): string {
  return JSON.stringify({ ...state, tabs: state.tabs.filter((tab) => !tab.receipt) })
}
