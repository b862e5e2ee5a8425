import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Ticket, TicketSummary } from '@/shared/ticket/types'
import { removeToast, toasts, useToastAction } from '@/ui/toasts'
import { offer } from './actions'
import { concerns, countOf, filter, inFilter, loadMine, onLive, shown, tickets } from './my-tickets'
import { flushSignatures, isSigning, sign, undoTime } from './signing'
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
const full = (over: Partial<Ticket> = {}): Ticket => ({
  ...summary(),
  content: '停电了',
  clocks: [],
  attachments: [],
  can_attach: false,
  allowed_actions: ['sign_for'],
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

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
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

describe('signing', () => {
  const no = 'WN202611230000017'
  const twoStep = () =>
    serve((request) =>
      request.method === 'GET'
        ? [200, full(), '"v1"']
        : [200, full({ version: 2, state: 'handling' }), '"v2"'],
    )

  it('sends after five seconds, under the version seen at the tap', async () => {
    const sent = twoStep()
    await sign(no)
    expect(isSigning(no)).toBe(true)
    const toast = toasts.value.at(-1)
    expect(toast?.lasts).toBe(undoTime)
    toast?.onExpire?.()
    await vi.advanceTimersByTimeAsync(0)
    expect(sent.map((one) => one.method)).toEqual(['GET', 'POST'])
    expect(sent[1]).toMatchObject({ path: `/tickets/${no}/actions/sign_for`, ifMatch: '"v1"' })
    expect(isSigning(no)).toBe(false)
    expect(tickets.get(no)?.state).toBe('handling')
  })

  it('sends nothing when it is undone', async () => {
    const sent = twoStep()
    await sign(no)
    useToastAction(toasts.value.at(-1)?.id ?? 0)
    flushSignatures()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(sent.map((one) => one.method)).toEqual(['GET'])
    expect(isSigning(no)).toBe(false)
  })

  it('is sent at once when the page is closed', async () => {
    const sent = twoStep()
    await sign(no)
    flushSignatures()
    await vi.advanceTimersByTimeAsync(0)
    expect(sent.at(-1)).toMatchObject({ method: 'POST', keepalive: true })
    expect(toasts.value).toEqual([])
  })

  it('takes one tap, not two', async () => {
    const sent = twoStep()
    await Promise.all([sign(no), sign(no)])
    expect(sent).toHaveLength(1)
    flushSignatures()
    await vi.advanceTimersByTimeAsync(0)
  })

  it('says why it was refused', async () => {
    serve((request) =>
      request.method === 'GET'
        ? [200, full(), '"v1"']
        : [412, { type: '', title: '', status: 412, code: 'stale_version', detail: '别人已签收' }],
    )
    await sign(no)
    flushSignatures()
    await vi.advanceTimersByTimeAsync(0)
    expect(toasts.value.at(-1)?.text).toContain('别人已签收')
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
