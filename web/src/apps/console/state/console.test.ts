import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { TicketSummary } from '@/shared/ticket/types'
import {
  activeTab,
  addTab,
  attemptFor,
  changeTab,
  closeTab,
  openingTabs,
  reviveTabs,
  storableTabs,
  takeCall,
  unsent,
  type Call,
  type Tabs,
} from './call-tabs'
import { draftFaults, emptyDraft, formField, isTouched, reviveDraft, toTicketInput } from './draft'
import { offersToAdd } from './first-choice'
import { anyTicket, belongs, toQuery, wantedOrder } from './list-filter'
import { navigation, queueCount, queues } from './navigation'
import { commandOf, shortcuts } from './shortcuts'
import { throttle } from '@/shared/composables/throttle'
import { offeredActs, ticketChanges, whoseMove } from './ticket-view'

const call = (id: string, over: Partial<Call> = {}): Call => ({
  call_id: id,
  state: 'ringing',
  ani: '09132000001',
  ...over,
})

const typed = (state: Tabs, content: string): Tabs =>
  changeTab(state, state.active, { draft: { ...emptyDraft(), content } })

describe('calls and drafts', () => {
  it('puts the first call into the empty form, with number and enterprise', () => {
    const state = takeCall(
      openingTabs('a'),
      call('c1', { enterprise: { id: 7, name: '秦东机械', division: '610526' } }),
      'b',
    )
    expect(state.tabs).toHaveLength(1)
    expect(activeTab(state)).toMatchObject({
      callId: 'c1',
      draft: { phone: '09132000001', enterpriseId: '7', division: '610526' },
    })
  })

  it('3: parks a call beside a draft and leaves draft and place as they are', () => {
    const before = typed(openingTabs('a'), '停水三天')
    const state = takeCall(before, call('c1'), 'b')
    expect(state.active).toBe('a')
    expect(activeTab(state)).toBe(activeTab(before))
    expect(state.tabs[1]).toMatchObject({ id: 'b', callId: 'c1' })
  })

  it('parks a second call even when nothing was typed for the first', () => {
    const state = takeCall(takeCall(openingTabs('a'), call('c1'), 'b'), call('c2'), 'c')
    expect(state.tabs.map((tab) => tab.callId)).toEqual(['c1', 'c2'])
    expect(state.active).toBe('a')
  })

  it('takes the same call once, and fills in late news without touching what was typed', () => {
    const first = takeCall(openingTabs('a'), call('c1'), 'b')
    const written = changeTab(first, 'a', {
      draft: { ...emptyDraft(), phone: '13800001111', content: '噪声扰民' },
    })
    const late = takeCall(written, call('c1', { enterprise: { id: 7, name: '秦东机械' } }), 'c')
    expect(late.tabs).toHaveLength(1)
    expect(activeTab(late)?.draft).toMatchObject({
      phone: '13800001111',
      content: '噪声扰民',
      enterpriseName: '秦东机械',
    })
  })

  it('lets a new call take the place of a filed ticket', () => {
    const filed = changeTab(openingTabs('a'), 'a', {
      receipt: { ticket_no: 'WN202611230000017', query_code: 'AB12CD', status: 'committed' },
    })
    expect(takeCall(filed, call('c1'), 'b')).toMatchObject({ active: 'b', tabs: [{ id: 'b' }] })
  })

  it('opens an empty tab once and closes to the neighbour', () => {
    const two = addTab(typed(openingTabs('a'), '停水三天'), 'b')
    expect(two.active).toBe('b')
    expect(addTab(two, 'c').tabs).toHaveLength(2)
    expect(closeTab(two, 'b', 'x').active).toBe('a')
    expect(closeTab(openingTabs('a'), 'a', 'x')).toEqual(openingTabs('x'))
  })

  it('6: survives storage to the field, without what was filed', () => {
    const state = takeCall(typed(openingTabs('a'), '停水三天'), call('c1'), 'b')
    expect(reviveTabs(storableTabs(state), 'x')).toEqual(state)
    const filed = changeTab(state, 'a', {
      receipt: { ticket_no: 'WN202611230000017', query_code: 'AB12CD', status: 'queued' },
    })
    expect(reviveTabs(storableTabs(filed), 'x').tabs.map((tab) => tab.id)).toEqual(['b'])
    expect(reviveTabs('{"tabs":[{"draft":1}]}', 'x')).toEqual(openingTabs('x'))
    expect(reviveTabs(null, 'x')).toEqual(openingTabs('x'))
  })

  it('counts only what a person typed as unsent', () => {
    const called = takeCall(openingTabs('a'), call('c1'), 'b')
    expect(unsent(called)).toHaveLength(0)
    expect(unsent(typed(called, '停'))).toHaveLength(1)
  })

  it('7: sends the same words under the same key', () => {
    const tab = { id: 'a', draft: emptyDraft(), attempt: { body: 'x', key: 'k1' } }
    expect(attemptFor(tab, 'x', () => 'k2')?.key).toBe('k1')
    expect(attemptFor(tab, 'y', () => 'k2')?.key).toBe('k2')
  })
})

describe('the form', () => {
  const full = { ...emptyDraft(), content: '厂区停水三天', phone: '138 0000-1111' }

  it('needs content and a telephone number', () => {
    expect(draftFaults(emptyDraft())).toEqual([
      ['content', 'missing'],
      ['phone', 'missing'],
    ])
    expect(draftFaults(full)).toEqual([])
    expect(draftFaults({ ...full, uscc: '123', amount: '三万', title: '长'.repeat(41) })).toEqual([
      ['title', 'long'],
      ['uscc', 'format'],
      ['amount', 'format'],
    ])
  })

  it('sends only what was filled in', () => {
    expect(toTicketInput(full, 'c1')).toEqual({
      content: '厂区停水三天',
      channel: 'phone',
      urgency: 'normal',
      call_id: 'c1',
      appellant: { phone: '13800001111', reply_wanted: true },
    })
    const chosen = { ...full, channel: 'walk_in', enterpriseId: '7', enterpriseName: '秦东机械' }
    expect(toTicketInput(chosen, 'c1')).toMatchObject({ channel: 'walk_in', enterprise_id: 7 })
    expect(toTicketInput(chosen, 'c1')).not.toHaveProperty('call_id')
    expect(toTicketInput(chosen, 'c1')).not.toHaveProperty('enterprise_name')
  })

  it('knows which field a refusal means', () => {
    expect(formField('appellant.phone')).toBe('phone')
    expect(formField('content')).toBe('content')
    expect(formField('nonsense')).toBeUndefined()
  })

  it('reads drafts of other versions', () => {
    expect(reviveDraft({ content: 'x', anonymous: 'yes', old: 1 })).toEqual({
      ...emptyDraft(),
      content: 'x',
    })
    expect(isTouched(emptyDraft())).toBe(false)
  })
})

const ticket = (no: number, over: Partial<TicketSummary> = {}): TicketSummary => ({
  ticket_no: `WN20261123${String(no).padStart(7, '0')}`,
  version: 1,
  state: 'accepted',
  title: '停水',
  type: 'help',
  topic: '用水',
  urgency: 'normal',
  channel: 'phone',
  accepted_at: `2026-11-23T01:${String(no).padStart(2, '0')}:00Z`,
  round: 1,
  ...over,
})

describe('lists', () => {
  it('asks only for what is filtered', () => {
    expect(toQuery({ ...anyTicket, state: 'open', overdue: true }, undefined, 50)).toEqual({
      state: 'open',
      overdue: true,
      sort: 'newest',
      limit: 50,
    })
  })

  it('says what belongs, and what only the server can say', () => {
    const open = { ...anyTicket, state: 'open' }
    expect(belongs(ticket(1), open)).toBe(true)
    expect(belongs(ticket(1, { state: 'closed' }), open)).toBe(false)
    expect(belongs(ticket(1), { ...anyTicket, state: 'submitted,accepted' })).toBe(true)
    expect(belongs(ticket(1), { ...anyTicket, overdue: true })).toBe(false)
    expect(belongs(ticket(1), { ...anyTicket, q: '水' })).toBeUndefined()
    expect(belongs(ticket(1), { ...anyTicket, division: '610526' })).toBe(false)
  })

  it('keeps the order of the server and leaves later pages to later', () => {
    const tickets = [ticket(1), ticket(3), ticket(2)]
    const numbers = wantedOrder({ tickets, horizon: ticket(2), filter: anyTicket })
    expect(numbers).toEqual([ticket(3).ticket_no, ticket(2).ticket_no])
    const due = [
      ticket(1),
      ticket(2, { handle_due_at: '2026-11-25T10:00:00Z' }),
      ticket(3, { next_due_at: '2026-11-24T10:00:00Z' }),
    ]
    expect(
      wantedOrder({ tickets: due, horizon: undefined, filter: { ...anyTicket, sort: 'due' } }),
    ).toEqual([3, 2, 1].map((no) => ticket(no).ticket_no))
  })
})

describe('2: adding to an open ticket', () => {
  const tab = { id: 'a', draft: emptyDraft() }

  it('is put first once for a live call, and never over a draft or without one', () => {
    const offer = (over: object = {}, state: Call['state'] = 'ringing', n = 1) =>
      offersToAdd({ ...tab, ...over }, call('first-choice', { state }), n)
    expect(offer({ draft: { ...tab.draft, content: '停电' } })).toBe(false)
    expect(offer({}, 'ended')).toBe(false)
    expect(offer({}, 'ringing', 0)).toBe(false)
    expect(offersToAdd(tab, undefined, 1)).toBe(false)
    expect(offer({ draft: { ...tab.draft, phone: '13800138000' } })).toBe(true)
    expect(offer()).toBe(false)
  })
})

describe('navigation', () => {
  it('shows a role what it may do, beginning with its work', () => {
    const to = (entries: readonly { to: string }[]) => entries.map((entry) => entry.to)
    expect(to(navigation('agent', ['ticket.list', 'ticket.file', 'call.read']))).toEqual([
      '/desk',
      '/missed',
      '/calls',
      '/lists/mine',
      '/notices',
    ])
    expect(to(navigation('auditor', ['audit.read']))).toEqual(['/audit', '/notices'])
    expect(to(navigation('admin', ['user.admin', 'token.admin']))).toEqual([
      '/users',
      '/permissions',
      '/tokens',
      '/integrations',
      '/notices',
    ])
    // What one was told is everybody's.
    expect(to(navigation('dispatcher', []))).toEqual(['/notices'])
  })

  it('counts a queue of several states', () => {
    const counts = { by_state: { accepted: 2, return_pending: 1 }, open: 9, overdue: 4 }
    expect(queueCount('dispatching', counts)).toBe(3)
    expect(queueCount('overdue', counts)).toBe(4)
    expect(queueCount('open', counts)).toBe(9)
    expect(queueCount('all', counts)).toBeUndefined()
    expect(Object.keys(queues)).toContain('signing')
  })
})

describe('shortcuts', () => {
  const press = (key: string, over: Partial<Parameters<typeof commandOf>[0]> = {}) => ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    isComposing: false,
    keyCode: 0,
    ...over,
  })
  const free = { writing: false, onControl: false, characterKeys: true }

  it('8: keep quiet while somebody writes or an input method composes', () => {
    expect(commandOf(press('j'), free)).toBe('next')
    expect(commandOf(press('j'), { ...free, writing: true })).toBeUndefined()
    expect(commandOf(press('Enter', { ctrlKey: true }), { ...free, writing: true })).toBe('submit')
    expect(
      commandOf(press('Enter', { ctrlKey: true, isComposing: true }), { ...free, writing: true }),
    ).toBeUndefined()
    expect(commandOf(press('Enter', { ctrlKey: true, keyCode: 229 }), free)).toBeUndefined()
  })

  it('can be turned off, except those that are no characters', () => {
    const off = { ...free, characterKeys: false }
    expect(commandOf(press('?'), off)).toBeUndefined()
    expect(commandOf(press('Enter'), off)).toBe('open')
    expect(commandOf(press('Enter'), { ...free, onControl: true })).toBeUndefined()
    expect(commandOf(press('j', { ctrlKey: true }), free)).toBeUndefined()
  })

  it('mean one thing per place', () => {
    const seen = shortcuts.map(({ place, keys }) => `${place} ${keys}`)
    expect(new Set(seen).size).toBe(seen.length)
  })
})

describe('a ticket', () => {
  const full = {
    ...ticket(1),
    content: 'x',
    clocks: [],
    attachments: [],
    can_attach: false,
    allowed_actions: [],
  }

  it('says whose move it is', () => {
    expect(whoseMove({ state: 'dispatched', unit_name: '蒲城县住建局' })).toEqual({
      key: 'move.dispatched',
      who: '蒲城县住建局',
    })
    expect(whoseMove({ state: 'merged' }).key).toBe('move.over')
    const town = { level: 'town', unit_name: '孙镇人民政府', round: 1, started_at: '' } as const
    expect(whoseMove({ state: 'mediating', mediations: [town] }).who).toBe('孙镇人民政府')
    expect(whoseMove({ state: 'mediating' }).who).toBe('—')
  })

  it('lists hard cases, and asks the server whose part is open', () => {
    const ticket = { state: 'handling', hard_case: true } as TicketSummary
    expect(belongs(ticket, queues.hardCases)).toBe(true)
    expect(belongs({ ...ticket, hard_case: false }, queues.hardCases)).toBe(false)
    expect(belongs(ticket, queues.charged)).toBeUndefined()
    expect(toQuery(queues.hardCases, undefined, 9)).toMatchObject({
      hard_case: true,
      state: 'open',
    })
    expect(toQuery(queues.charged, undefined, 9)).toMatchObject({ charged: true })
    const counts = { by_state: { mediating: 3 }, open: 9, overdue: 1 }
    expect(queueCount('mediating', counts)).toBe(3)
    expect(queueCount('charged', counts)).toBeUndefined()
  })

  it('offers the deciding act first and big, remarks never', () => {
    expect(offeredActs(['note', 'decline', 'dispatch'])).toEqual([
      { action: 'dispatch', kind: 'primary' },
      { action: 'decline', kind: 'danger' },
      { action: 'note', kind: 'secondary' },
    ])
    expect(offeredActs(['note', 'urge']).every((act) => act.kind === 'secondary')).toBe(true)
  })

  it('tells what changed meanwhile', () => {
    const after = { ...full, version: 2, state: 'dispatched' as const, unit_name: '市水务局' }
    expect(ticketChanges(full, after)).toEqual([
      { field: 'state', from: 'accepted', to: 'dispatched' },
      { field: 'unit_name', from: '', to: '市水务局' },
    ])
  })
})

describe('throttle', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('runs at once, then gathers', () => {
    const run = vi.fn()
    const gate = throttle(1000, run)
    for (let i = 0; i < 5; i++) gate.call()
    expect(run).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(1000)
    expect(run).toHaveBeenCalledTimes(2)
    vi.advanceTimersByTime(5000)
    expect(run).toHaveBeenCalledTimes(2)
  })
})
