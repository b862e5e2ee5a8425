import { describe, expect, it } from 'vitest'
import { countdown } from '../clock/countdown'
import { calendarFor, limitOfClock, openClocks, workCalendar } from './limits'
import { labelOf, wordsOf } from './labels'
import { settle } from './stable-order'
import { createTicketStore } from './ticket-store'
import type { Clock, TicketSummary } from './types'
import { byUrgency } from './urgency-order'
import { inWhatRole, whoActed } from './who-acted'

function ticket(ticket_no: string, over: Partial<TicketSummary> = {}): TicketSummary {
  return {
    ticket_no,
    version: 1,
    state: 'handling',
    title: '停电影响生产',
    type: 'help',
    topic: '用电',
    urgency: 'normal',
    channel: 'web',
    accepted_at: '2026-11-23T01:00:00Z',
    round: 1,
    ...over,
  }
}

describe('ticket store', () => {
  it('takes a newer version and keeps it against an older one', () => {
    const store = createTicketStore()
    store.merge([ticket('WN1', { version: 3, state: 'submitted' })])
    expect(store.merge([ticket('WN1', { version: 2 })])).toEqual([])
    expect(store.get('WN1')?.state).toBe('submitted')
    expect(store.merge([ticket('WN1', { version: 4, state: 'callback' })])).toEqual(['WN1'])
    expect(store.get('WN1')?.state).toBe('callback')
  })

  it('forgets after a resync what the snapshot lacks, yet not a newer delta', () => {
    const store = createTicketStore()
    store.merge([ticket('WN1'), ticket('WN2', { version: 5 })])
    store.replace([ticket('WN2', { version: 4 }), ticket('WN3')])
    expect(store.all().map((one) => [one.ticket_no, one.version])).toEqual([
      ['WN2', 5],
      ['WN3', 1],
    ])
  })
})

describe('order of lists', () => {
  it('puts the nearest due date first and tickets without a clock last', () => {
    const list = [
      ticket('later', { next_due_at: '2026-11-25T00:00:00Z' }),
      ticket('none'),
      ticket('overdue', { next_due_at: '2026-11-20T00:00:00Z' }),
    ]
    expect(list.sort(byUrgency).map((one) => one.ticket_no)).toEqual(['overdue', 'later', 'none'])
  })

  it('lets the graver of two go first, then the older', () => {
    const due = { next_due_at: '2026-11-25T00:00:00Z' }
    const list = [
      ticket('young', { ...due, accepted_at: '2026-11-23T09:00:00Z' }),
      ticket('old', due),
      ticket('grave', { ...due, urgency: 'critical', accepted_at: '2026-11-23T09:30:00Z' }),
    ]
    expect(list.sort(byUrgency).map((one) => one.ticket_no)).toEqual(['grave', 'old', 'young'])
  })

  it('moves nothing under the cursor and counts what waits', () => {
    expect(settle(['b', 'c'], ['a', 'c'], true)).toEqual({ shown: ['b', 'c'], waiting: ['a'] })
    expect(settle(['b', 'c'], ['a', 'c'], false)).toEqual({ shown: ['a', 'c'], waiting: [] })
  })

  it('fills an empty list at once', () => {
    expect(settle([], ['a'], true)).toEqual({ shown: ['a'], waiting: [] })
  })
})

describe('limits', () => {
  const clock = (over: Partial<Clock>): Clock => ({
    kind: 'handle',
    generation: 1,
    state: 'running',
    started_at: '2026-11-23T01:00:00Z',
    due_at: '2026-11-30T10:00:00Z',
    derivation: '',
    ...over,
  })

  it('counts in working time only what is limited in working time', () => {
    const calendar = workCalendar({
      types: [],
      topics: [],
      divisions: [],
      decline_reasons: [],
      return_reasons: [],
      suspend_reasons: [],
      work_calendar: { hours: [[540, 720]], exceptions: {} },
    })
    expect(calendar?.hours).toEqual([[540, 720]])
    expect(calendarFor('working', calendar)).toBe(calendar)
    expect(calendarFor('natural', calendar)).toBeUndefined()
    expect(calendarFor(undefined, calendar)).toBeUndefined()
  })

  it('shows running and run-out clocks, the nearest first', () => {
    const clocks = [
      clock({}),
      clock({ kind: 'sign_for', state: 'stopped', due_at: '2026-11-23T05:00:00Z' }),
      clock({ kind: 'first_contact', state: 'fired', due_at: '2026-11-23T03:00:00Z' }),
    ]
    expect(openClocks(clocks).map((one) => one.kind)).toEqual(['first_contact', 'handle'])
    expect(limitOfClock(clock({ state: 'stopped' })).stopped).toBe(true)
    expect(countdown(limitOfClock(clock({ state: 'paused' })), Date.now()).nearness).toBe('paused')
  })
})

describe('labels', () => {
  it('shows an unknown code as itself', () => {
    expect(labelOf('state', 'handling')).toBe('办理中')
    expect(labelOf('state', 'brand_new')).toBe('brand_new')
    expect(labelOf('state', undefined)).toBe('')
  })
})

describe('the words of an event', () => {
  it('name the limit of a card and keep what a person wrote', () => {
    expect(wordsOf({ act: 'yellow_card', reason: 'first_contact' })).toBe('首次联系')
    expect(wordsOf({ act: 'first_contact', reason: 'on_site: 已看过\n配电室' })).toBe(
      '上门 · 已看过\n配电室',
    )
    expect(wordsOf({ act: 'note', reason: '已电话核实' })).toBe('已电话核实')
    expect(wordsOf({ act: 'sign_for' })).toBeUndefined()
  })

  it('are of a person by name, of the system and the appellant by what they are', () => {
    const unit_name = '住建局'
    expect(whoActed({ role: 'official', actor_name: '周静', unit_name })).toBe('周静 · 住建局')
    expect(whoActed({ role: 'system', actor_name: '' })).toBe('系统')
    expect(whoActed({ role: 'enterprise', actor_name: '诉求人' })).toBe('企业')
  })

  it('tell the role before the name, and once where there is nothing but the role', () => {
    const unit_name = '住建局'
    const clerk = { role: 'unit_clerk', actor_name: '周静', unit_name }
    expect(inWhatRole(clerk)).toBe(`${labelOf('role', 'unit_clerk')} · 周静 · 住建局`)
    expect(inWhatRole({ role: 'system', actor_name: '系统' })).toBe('系统')
    expect(inWhatRole({ role: 'enterprise', actor_name: '' })).toBe('企业')
  })
})
