import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { networkProblem } from '@/shared/api/problem'
import { sampleTicket } from '@/shared/ticket/sample-ticket'
import type { Ticket } from '@/shared/ticket/types'
import { queue } from '../../state/queue'
import { foreseen } from '../foresee'
import { keepList, keepTicket, keptFor, keptTicket, keptTicketsOf, lookUp } from '../keep'
import { alone } from '../lock'
import { enqueue } from '../outbox'
import { wordsIn, type Queued } from '../queued'
import { destroyShelf, inMemory, shelf } from '../shelf'

beforeEach(async () => {
  await destroyShelf()
  queue.value = []
})

const act = (over: object): Queued =>
  ({
    ...{ id: 1, user: 7, key: 'k', at: 1, photos: [], acted: false, troubles: 0, kind: 'act' },
    ...{ ticketNo: 'WN1', action: 'sign_for', body: {}, seen: 1, ...over },
  }) as Queued

describe('23: without a network', () => {
  it('23: tickets are read as they were last seen, an older answer never in place of a newer', async () => {
    const ticket = { ...sampleTicket, ticket_no: 'WN1', version: 3 }
    await keptFor(7)
    await keepTicket(ticket, [])
    await keepTicket({ ...ticket, version: 2 })
    await keepList([{ ...ticket, version: 4 }], new Set(['WN1']))
    expect(await keptTicket('WN1')).toMatchObject({
      summary: { version: 4 },
      detail: { version: 3 },
      events: [],
      charged: true,
    })
    await keepList([], new Set())
    expect(await keptTicket('WN1')).toBeUndefined()
  })

  it('an answer of before is shown with its time; a refusal of the server is none', async () => {
    const fine = () => Promise.resolve({ ok: true as const, data: 5, response: new Response() })
    const away = () => Promise.resolve({ ok: false as const, problem: networkProblem() })
    const closed = { ...networkProblem(), status: 403 }
    expect(await lookUp('figures', away)).toHaveProperty('problem')
    expect(await lookUp('figures', fine)).toEqual({ data: 5 })
    expect(await lookUp('figures', away)).toEqual({ data: 5, keptAt: expect.any(Number) as number })
    const refused = await lookUp('figures', () => Promise.resolve({ ok: false, problem: closed }))
    expect(refused).toEqual({ problem: closed })
  })

  it('another person at the phone finds nothing of the one before, whose queue waits for him', async () => {
    await keptFor(7)
    await keepTicket({ ...sampleTicket, ticket_no: 'WN1' }, [])
    const base = { kind: 'act', ticketNo: 'WN1', action: 'note', body: {}, seen: 1 } as const
    await enqueue({ ...base, key: 'k', at: 1, user: 7, files: [] })
    expect(await keptTicketsOf(8)).toEqual([])
    await keptFor(8)
    expect(await keptTicket('WN1')).toBeUndefined()
    expect(await (await shelf()).all('outbox')).toHaveLength(1)
  })

  it('23: what waits is done to the ticket on the screen, and opens the next step', () => {
    const ticket: Ticket = {
      ...sampleTicket,
      ticket_no: 'WN1',
      state: 'dispatched',
      allowed_actions: ['sign_for', 'return_ticket', 'note'],
    }
    const signed = foreseen(ticket, [act({})])
    expect(signed.state).toBe('handling')
    expect(signed.allowed_actions).toContain('first_contact')
    expect(signed.allowed_actions).not.toContain('sign_for')
    const contacted = foreseen(ticket, [act({}), act({ id: 2, action: 'first_contact' })])
    expect(contacted.allowed_actions).toContain('submit_result')
    const returned = foreseen(ticket, [act({ action: 'return_ticket' })])
    expect([returned.state, returned.allowed_actions]).toEqual(['return_pending', ['note']])
    const done = [act({ acted: true }), act({ ticketNo: 'WN2' })]
    expect(foreseen(ticket, [...done, act({ refusal: {} })])).toBe(ticket)
  })

  it('23: no result is offered while units that were asked have not answered', () => {
    const asked = (due_at: string): Ticket => ({
      ...sampleTicket,
      ticket_no: 'WN1',
      allowed_actions: ['first_contact'],
      clocks: [
        {
          ...{ kind: 'co_unit', generation: 1, state: 'running', derivation: '' },
          ...{ started_at: '2020-01-01T00:00:00Z', due_at },
        },
      ],
    })
    const next = (due_at: string) =>
      foreseen(asked(due_at), [act({ action: 'first_contact' })]).allowed_actions
    expect(next('2999-01-01T00:00:00Z')).toEqual([])
    // Their time is over: the lead does not wait for ever (T14).
    expect(next('2020-01-02T00:00:00Z')).toEqual(['submit_result'])
  })

  it('24: the words a person typed can be copied, codes cannot', () => {
    const body = { reason_code: 'not_ours', basis: '产权属于园区', contact_way: 'phone' }
    expect(wordsIn(act({ body }))).toBe('产权属于园区')
  })
})

describe('23: one page at a time', () => {
  it('23: sends; where the browser has no locks, a note in the store says whose turn it is', async () => {
    let inside = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++inside)
      await Promise.resolve()
      inside--
    }
    expect(await alone(work)).toBe(true)
    expect(most).toBe(1)
    const other = { owner: 'another page', until: Date.now() + 10_000 }
    await (await shelf()).batch([{ store: 'kept', key: 'qp-outbox', value: other }])
    expect(await alone(work)).toBe(false)
    // It was killed and its time is over.
    const over = { ...other, until: Date.now() - 1 }
    await (await shelf()).batch([{ store: 'kept', key: 'qp-outbox', value: over }])
    expect(await alone(work)).toBe(true)
  })

  it('23: sends; with locks the second page is told to wait', async () => {
    const request = vi.fn((_name: string, _how: object, run: (lock: unknown) => unknown) =>
      Promise.resolve(run(null)),
    )
    vi.stubGlobal('navigator', { locks: { request } })
    expect(await alone(() => Promise.reject(new Error('not its turn')))).toBe(false)
    vi.unstubAllGlobals()
  })
})

describe('where nothing can be kept', () => {
  it('the drawers last as long as the page', async () => {
    const drawer = inMemory()
    await drawer.append('outbox', (id) => ({ id }))
    expect(await drawer.append('outbox', (id) => ({ id }))).toEqual({ id: 2 })
    expect(await drawer.all('outbox')).toHaveLength(2)
    expect(await drawer.update<number>('kept', 'n', (n = 0) => n + 1)).toBe(1)
    await drawer.batch([{ store: 'outbox', key: 1 }])
    expect(await drawer.keys('outbox')).toEqual([2])
    await drawer.destroy()
    expect(await drawer.get('kept', 'n')).toBeUndefined()
  })
})
