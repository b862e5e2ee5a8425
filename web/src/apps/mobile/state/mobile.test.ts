import 'fake-indexeddb/auto'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadMe } from '@/shared/api/session'
import type { TicketSummary } from '@/shared/ticket/types'
import { removeToast, toasts, useToastAction } from '@/ui/toasts'
import { offer } from './actions'
import { concerns, countOf, filter, inFilter, loadMine, onLive, shown, tickets } from './my-tickets'
import { destroyShelf } from '../offline/shelf'
import { phone } from './phone'
import { queue } from './queue'
import { sign, undoTime } from './signing'
import { emptyVisit, toVisitInput, visitFaults } from './visit'

const summary = (over: Partial<TicketSummary> = {}): TicketSummary => ({
  ticket_no: 'WN202611230000017',
  version: 1,
  state: 'dispatched',
  title: '停电',
  type: 'help',
  topic: '用电',
  urgency: 'normal',
  channel: 'web',
  accepted_at: '2026-11-23T01:00:00Z',
  round: 1,
  ...over,
})
interface Sent {
  method: string
  path: string
  ifMatch: string | null
  key: string | null
  keepalive: boolean
}

function serve(answer: (request: Request) => [status: number, body: unknown, etag?: string]) {
  const sent: Sent[] = []
  vi.stubGlobal('fetch', (request: Request) => {
    sent.push({
      method: request.method,
      path: new URL(request.url, 'http://x').pathname.replace('/api/v1', ''),
      ifMatch: request.headers.get('If-Match'),
      key: request.headers.get('Idempotency-Key'),
      keepalive: request.keepalive,
    })
    const [status, body, etag] = answer(request)
    return Promise.resolve(
      new Response(JSON.stringify(body), { status, headers: etag ? { ETag: etag } : {} }),
    )
  })
  return sent
}

// It comes as a chunk of its own; its making is no part of any test's time.
beforeAll(async () => void (await phone()), 60_000)

// What runs behind an answer finds no server.
beforeEach(() => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no server')))
})
afterEach(() => {
  for (const toast of toasts.value) removeToast(toast.id)
  tickets.clear()
  filter.value = 'all'
})

describe('actions', () => {
  it('put the next step on the big button', () => {
    expect(offer(['note', 'submit_result', 'first_contact'])).toEqual({
      main: 'first_contact',
      more: ['note', 'submit_result'],
    })
    expect(offer(['note'])).toEqual({ main: undefined, more: ['note'] })
  })
})

describe('my tickets', () => {
  it('come by urgency, filtered by what waits', async () => {
    serve(() => [
      200,
      {
        items: [
          summary({ ticket_no: 'late', state: 'handling', next_due_at: '2026-11-25T00:00:00Z' }),
          summary({ ticket_no: 'soon', next_due_at: '2026-11-23T02:00:00Z' }),
          summary({ ticket_no: 'done', state: 'closed' }),
        ],
      },
    ])
    await loadMine()
    expect(shown.value.map((one) => one.ticket_no)).toEqual(['soon', 'late'])
    expect([countOf('all'), countOf('dispatched'), countOf('waiting')]).toEqual([2, 1, 0])
    filter.value = 'handling'
    expect(shown.value.map((one) => one.ticket_no)).toEqual(['late'])
  })

  it('hold apart what is the official’s own and what his unit has a part in', async () => {
    const sent: string[] = []
    vi.stubGlobal('fetch', (request: Request) => {
      const charged = request.url.includes('charged=true')
      sent.push(charged ? 'charged' : 'mine')
      const own = summary({ ticket_no: 'own', state: 'handling' })
      const unit = summary({ ticket_no: 'unit', state: 'mediating' })
      return Promise.resolve(Response.json({ items: charged ? [own, unit] : [own] }))
    })
    await loadMine()
    expect(sent.sort()).toEqual(['charged', 'mine'])
    expect([countOf('all'), countOf('handling'), countOf('charged')]).toEqual([2, 1, 1])
    filter.value = 'charged'
    expect(shown.value.map((one) => one.ticket_no)).toEqual(['unit'])
    filter.value = 'all'
  })

  it('leave the list when they are finished', () => {
    tickets.merge([summary()])
    onLive({
      n: 1,
      id: 'a',
      topic: 'tickets',
      type: 'ticket_changed',
      data: summary({ version: 2, state: 'closed' }),
    })
    expect(shown.value).toEqual([])
    expect(inFilter(summary({ state: 'return_pending' }), 'waiting')).toBe(true)
  })

  it('take from the feed what is one’s own, and nothing that is no ticket', () => {
    expect(concerns(summary({ official_id: 12 }), 12)).toBe(true)
    expect(concerns(summary({ official_id: 13 }), 12)).toBe(false)
    onLive({ n: 1, id: 'a', topic: 'tickets', type: 'ticket_changed', data: { foo: 1 } })
    onLive({ n: 2, id: 'b', topic: 'kpi', type: 'kpi_changed', data: summary() })
    expect(shown.value).toEqual([])
  })
})

describe('26: signing', () => {
  const ticket = summary({ ticket_no: 'WN202611230000099' })
  beforeEach(async () => {
    const user = { id: 7, login: 'o7', name: '张三', role: 'official' }
    const server_time = new Date().toISOString()
    const own = { user, csrf_token: 't', server_time }
    serve(({ url }) => (url.endsWith('/me') ? [200, own] : [404, {}]))
    await loadMe()
  })
  afterEach(async () => {
    queue.value = []
    await destroyShelf()
  })

  it('26: one tap writes it down at once, under the version seen and its own key, to be sent in five seconds', async () => {
    await sign(ticket)
    expect(queue.value).toMatchObject([{ action: 'sign_for', seen: 1, body: {}, photos: [] }])
    const [item] = queue.value
    expect((item?.heldUntil ?? 0) - (item?.at ?? 0)).toBe(undoTime)
    expect(toasts.value.at(-1)?.lasts).toBe(undoTime)
    expect(shown.value).toEqual([])
    tickets.merge([{ ...ticket }])
    expect(inFilter(ticket, 'dispatched')).toBe(true)
  })

  it('26: takes it back when it is undone in time', async () => {
    await sign(ticket)
    useToastAction(toasts.value.at(-1)?.id ?? 0)
    await vi.waitUntil(() => queue.value.length === 0)
  })

  it('26: says so when it is too late to take it back', async () => {
    await sign(ticket)
    const [item] = queue.value
    queue.value = item ? [{ ...item, heldUntil: 1 }] : []
    useToastAction(toasts.value.at(-1)?.id ?? 0)
    await vi.waitUntil(() => toasts.value.at(-1)?.text === '已经提交，不能撤销了')
    expect(queue.value).toHaveLength(1)
  })

  it('26: takes one tap, not two', async () => {
    await Promise.all([sign(ticket), sign(ticket)])
    await sign(ticket)
    expect(queue.value).toHaveLength(1)
  })
})

describe('visit', () => {
  it('needs words and a phone number', () => {
    expect(visitFaults(emptyVisit())).toEqual(['content', 'phone'])
    expect(
      visitFaults({ ...emptyVisit(), content: '园区道路破损', phone: '0913-2123456' }),
    ).toEqual([])
  })

  it('names a listed enterprise by its id, another by its name', () => {
    const visit = { ...emptyVisit(), content: '园区道路破损', phone: '13800000000', type: 'help' }
    expect(toVisitInput({ ...visit, enterpriseId: '7', enterpriseName: 'x' })).toEqual({
      content: '园区道路破损',
      type: 'help',
      enterprise_id: 7,
      appellant: { phone: '13800000000' },
    })
    expect(toVisitInput({ ...visit, enterpriseName: '兴农合作社', type: 'odd' })).toMatchObject({
      enterprise_name: '兴农合作社',
    })
    expect(toVisitInput({ ...visit, type: 'odd' }).type).toBeUndefined()
  })
})
