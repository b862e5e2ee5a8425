import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { callOf, createTries, isDue, isTaken, nextToCall, type Callback } from './callbacks'
import MissedView from './MissedView.vue'

const at = Date.parse('2026-11-27T04:00:00Z')

const missed = (id: number, over: Partial<Callback> = {}): Callback => ({
  id,
  number: '138****8000',
  missed: 2,
  first_missed_at: '2026-11-27T03:00:00.000Z',
  last_missed_at: '2026-11-27T03:30:00.000Z',
  next_at: '2026-11-27T03:30:00.000Z',
  call_id: `call-${id}`,
  seen: false,
  mine: false,
  tries: [],
  ...over,
})

const taken = { claimed_by: '王丽', claimed_until: '2026-11-27T04:10:00.000Z' }

interface Asked {
  what: string
  body: unknown
  key: string | null
}

function server(answers: Record<string, (body: unknown) => Response | object>) {
  const asked: Asked[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = new URL(request.url).pathname.replace('/api/v1', '')
    const text = await request.text()
    const body: unknown = text === '' ? undefined : JSON.parse(text)
    const what = `${request.method} ${path}`
    asked.push({ what, body, key: request.headers.get('Idempotency-Key') })
    const answer = answers[what]?.(body) ?? {}
    return answer instanceof Response ? answer : Response.json(answer)
  })
  return asked
}

const list = (...items: Callback[]) => ({
  items,
  counts: { waiting: items.length, due: 1, unseen: items.length },
})

describe('20: whom the key calls back', () => {
  it('is the chosen one, else the first that is due, and never one a colleague has', () => {
    const later = '2026-11-27T05:00:00.000Z'
    const items = [missed(1, taken), missed(2, { next_at: later }), missed(3)]
    expect(nextToCall(items, undefined, at)?.id).toBe(3)
    expect(nextToCall(items, 2, at)?.id).toBe(2)
    expect(nextToCall(items, 1, at)?.id).toBe(3)
    expect(nextToCall([missed(1, taken)], undefined, at)).toBeUndefined()
    expect(nextToCall([missed(2, { next_at: later })], undefined, at)?.id).toBe(2)
    expect(isDue(missed(2, { next_at: later }), at)).toBe(false)
    expect(isTaken(missed(1, { ...taken, mine: true }))).toBe(false)
  })

  it('gives the desk the missed call, with the number only once it is claimed', () => {
    const firm = { id: 7, name: '蒲城果业' }
    expect(callOf(missed(1, { enterprise: firm }))).toEqual({
      call_id: 'call-1',
      state: 'abandoned',
      direction: 'in',
      enterprise: firm,
    })
    expect(callOf(missed(1, { mine: true, number: '13800138000' }))?.ani).toBe('13800138000')
    const told = missed(1)
    delete told.call_id
    expect(callOf(told)).toBeUndefined()
  })
})

describe('20: what came of a try', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('goes under one key until there is an answer that counts', async () => {
    let away = true
    const asked = server({
      'POST /callbacks/1/tries': () => {
        if (away) return new Response('{}', { status: 503 })
        return missed(1, { tries: [{ at: '', outcome: 'no_answer' }] })
      },
    })
    const send = createTries()
    expect((await send(missed(1), 'no_answer', ' 响了很久 ')).ok).toBe(false)
    away = false
    expect((await send(missed(1), 'no_answer', '响了很久')).ok).toBe(true)
    await send(missed(1, { tries: [{ at: '', outcome: 'no_answer' }] }), 'no_answer', '响了很久')
    const keys = asked.map(({ key }) => key)
    expect(keys[0]).toBe(keys[1])
    expect(keys[2]).not.toBe(keys[1])
    expect(asked[0]?.body).toEqual({ outcome: 'no_answer', note: '响了很久' })
  })
})

describe('20: the list of missed calls', () => {
  let view: ReturnType<typeof mount>

  beforeEach(() => void vi.useFakeTimers({ now: at, toFake: ['Date'] }))
  afterEach(() => {
    view.unmount()
    vi.useRealTimers()
    vi.unstubAllGlobals()
    document.body.replaceChildren()
  })

  async function open() {
    const nothing = { template: '<div />' }
    const router = createRouter({
      history: createMemoryHistory(),
      routes: [{ path: '/:all(.*)', component: nothing }],
    })
    view = mount(MissedView, { attachTo: document.body, global: { plugins: [router] } })
    await flushPromises()
    return { view, router }
  }
  const press = async (key: string) => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    await flushPromises()
  }

  it('marks all as seen by key, exactly what stood on the screen', async () => {
    const asked = server({
      'GET /callbacks': () => list(missed(1), missed(2, { missed: 5 })),
      'POST /callbacks/seen': () => new Response(null, { status: 204 }),
    })
    await open()
    expect(view.text()).toContain('未看')
    await press('m')
    expect(asked.find(({ what }) => what === 'POST /callbacks/seen')?.body).toEqual({
      items: [
        { id: 1, missed: 2 },
        { id: 2, missed: 5 },
      ],
    })
  })

  it('claims by key, shows the number to dial with the focus on it, and takes the outcome', async () => {
    const mine = missed(2, { ...taken, mine: true, number: '13800138000' })
    const asked = server({
      'GET /callbacks': () => list(missed(1, taken), missed(2)),
      'POST /callbacks/2/claim': () => mine,
      'POST /callbacks/2/tries': () => missed(2, { ended: 'reached' }),
    })
    await open()
    expect(view.text()).toContain('王丽 正在回拨')
    await press('c')
    const dial = view.get('.missed__mine a')
    expect(dial.attributes('href')).toBe('tel:13800138000')
    expect(document.activeElement).toBe(dial.element)
    await view.get('.missed__mine input').setValue('问开票')
    await view
      .findAll('.missed__mine button')
      .find((one) => one.text() === '已接通')
      ?.trigger('click')
    await flushPromises()
    const sent = asked.find(({ what }) => what === 'POST /callbacks/2/tries')
    expect(sent?.body).toEqual({ outcome: 'reached', note: '问开票' })
    expect(sent?.key).toBeTruthy()
  })

  it('says beside the button that a number is due, apart from its words', async () => {
    server({ 'GET /callbacks': () => list(missed(1)) })
    await open()
    const next = view.get('.missed__next')
    expect([...next.element.children].map((one) => one.textContent?.trim())).toEqual([
      '认领回拨',
      '已到时',
    ])
  })

  it('says why a number cannot be claimed, and looks again', async () => {
    const why = '同事正在回拨这个号码。'
    const asked = server({
      'GET /callbacks': () => list(missed(1)),
      'POST /callbacks/1/claim': () =>
        Response.json(
          {
            ...{ type: 'about:blank', title: '', status: 422, code: 'validation_failed' },
            ...{ detail: '填写有误', errors: [{ field: 'claim', message: why }] },
          },
          { status: 422, headers: { 'Content-Type': 'application/problem+json' } },
        ),
    })
    await open()
    await press('c')
    expect(view.find('.missed__mine').exists()).toBe(false)
    expect(asked.filter(({ what }) => what === 'GET /callbacks')).toHaveLength(2)
  })

  it('tells of those that ended how', async () => {
    server({
      'GET /callbacks': () =>
        list(missed(1, { ended: 'called_again', ended_at: '2026-11-27T03:40:00.000Z' })),
    })
    await open()
    await view.findAll('[role=tab]')[1]?.trigger('click')
    await flushPromises()
    expect(view.text()).toContain('对方再次打进')
  })
})
