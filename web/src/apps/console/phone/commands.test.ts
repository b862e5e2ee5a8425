import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { routeLocationKey, type RouteLocationNormalizedLoaded } from 'vue-router'
import { toasts } from '@/ui/toasts'
import type { Standing } from './agent'
import CallControls from './CallControls.vue'
import DialButton from './DialButton.vue'
import TargetDialog from './TargetDialog.vue'
import WatchActs from './WatchActs.vue'
import {
  can,
  command,
  dial,
  forgetCommands,
  hasThird,
  hear,
  isWaiting,
  learn,
  recallThirds,
  type CallCommand,
} from './commands'

const li = (over: Partial<Standing> = {}): Standing => ({
  user_id: 7,
  name: '李敏',
  extension: '8001',
  state: 'talking',
  call_id: 'c1',
  ...over,
})

const one = (over: Partial<CallCommand> = {}): CallCommand => ({
  id: 1,
  action: 'hold',
  call_id: 'c1',
  state: 'done',
  ...over,
})

type Answer = object | ((times: number) => object)

let asked: { what: string; body: unknown; key: string | null }[] = []
let answers: Record<string, Answer> = {}
let page: ReturnType<typeof mount> | undefined

beforeEach(() => {
  asked = []
  answers = {
    'GET /calls/actions': {
      can: ['hold', 'resume', 'transfer', 'conference', 'drop', 'hang_up', 'dial', 'listen'],
    },
  }
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = new URL(request.url).pathname.replace('/api/v1', '')
    const what = `${request.method} ${path}`
    const text = await request.text()
    const key = request.headers.get('Idempotency-Key')
    asked.push({ what, body: text === '' ? undefined : JSON.parse(text), key })
    const found = answers[what] ?? { items: [] }
    const times = asked.filter((before) => before.what === what).length
    const answer = typeof found === 'function' ? (found as (n: number) => object)(times) : found
    if (!('status' in answer)) return Response.json(answer)
    return Response.json(answer, {
      status: Number(answer.status),
      headers: { 'Content-Type': 'application/problem+json' },
    })
  })
})
afterEach(() => {
  page?.unmount()
  page = undefined
  forgetCommands()
  vi.unstubAllGlobals()
  document.body.replaceChildren()
})

const posted = () => asked.filter(({ what }) => what.startsWith('POST'))
const said = () => toasts.value.at(-1)?.text
const button = (name: string) =>
  page?.findAll('button').find((found) => found.text().includes(name))
const press = (key: string) =>
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, altKey: true, bubbles: true }))

describe('what is asked of a call', () => {
  it('is told once, by the answer or by the feed, whichever is first', async () => {
    answers['POST /calls/c1/actions/conference'] = one({ action: 'conference', state: 'taken' })
    expect(await command('c1', 'conference', { to_number: '110' })).toBeUndefined()
    expect(isWaiting('conference')).toBe(true)
    const joined = one({ action: 'conference' })
    expect(hear(joined)).toEqual({ tone: 'ok', text: '第三方已加入' })
    expect(hear(joined)).toBeUndefined()
    expect(isWaiting('conference')).toBe(false)
    expect(hasThird('c1')).toBe(true)

    // The feed first: the answer that comes after it is old.
    answers['POST /calls/c1/actions/transfer'] = () => {
      hear(one({ id: 2, action: 'transfer', state: 'failed', reason: 'not_reached' }))
      return one({ id: 2, action: 'transfer', state: 'taken' })
    }
    expect(await command('c1', 'transfer', { to_user_id: 8 })).toBeUndefined()
    expect(isWaiting('transfer')).toBe(false)
  })

  it('says in one sentence why it came to nothing', async () => {
    expect(hear(one({ id: 3, state: 'failed', reason: 'not_taken' }))?.text).toContain('没有响应')
    answers['POST /calls/c1/actions/hold'] = {
      status: 422,
      code: 'validation_failed',
      title: '',
      detail: '请求有误',
      errors: [{ field: 'action', code: 'rule_broken', message: '通话已经结束。' }],
    }
    expect((await command('c1', 'hold'))?.text).toBe('通话已经结束。')
  })

  it('keeps its key until there is an answer that counts', async () => {
    answers['POST /calls/c1/actions/hold'] = { status: 503, code: 'busy', title: '', detail: '忙' }
    await command('c1', 'hold')
    answers['POST /calls/c1/actions/hold'] = one()
    await command('c1', 'hold')
    await command('c1', 'hold')
    const [first, again, another] = posted().map(({ key }) => key)
    expect(again).toBe(first)
    expect(another).not.toBe(first)
  })

  it('is followed under its key where no feed tells of it', async () => {
    answers['POST /calls'] = (times: number) =>
      one({ id: 4, action: 'dial', state: times < 3 ? 'taken' : 'done' })
    const told = await dial({ ticket_no: 'WN1' }, () => Promise.resolve())
    expect(told?.text).toBe('对方已接听')
    expect(new Set(posted().map(({ key }) => key)).size).toBe(1)
    expect(posted()).toHaveLength(3)
  })

  it('that could not be sent is told at once, and keeps its key', async () => {
    answers['POST /calls'] = { status: 503, code: 'busy', title: '', detail: '忙' }
    expect((await dial({ ticket_no: 'WN1' }, () => Promise.resolve()))?.text).toBe('忙')
    answers['POST /calls'] = one({ id: 4, action: 'dial' })
    await dial({ ticket_no: 'WN1' }, () => Promise.resolve())
    const [first, again] = posted().map(({ key }) => key)
    expect(again).toBe(first)
  })

  it('of one call does not decide what is offered at another', async () => {
    answers['GET /calls/actions'] = { can: ['hold'] }
    await learn('c1')
    answers['GET /calls/actions'] = { can: ['hold', 'dial'] }
    await learn()
    expect(can('dial', 'c1')).toBe(false)
    expect(can('hold', 'c1') && can('dial')).toBe(true)
  })
})

describe('the controls of a call', () => {
  async function open(standing: Standing) {
    page = mount(CallControls, { attachTo: document.body, props: { standing } })
    await flushPromises()
  }

  it('hold, resume and hang up, by key as by button, following the state', async () => {
    await open(li())
    answers['POST /calls/c1/actions/hold'] = one()
    press('h')
    await flushPromises()
    expect(posted().map(({ what }) => what)).toEqual(['POST /calls/c1/actions/hold'])
    await page?.setProps({ standing: li({ state: 'held' }) })
    expect(button('取回')).toBeDefined()
    answers['POST /calls/c1/actions/resume'] = one({ id: 2, action: 'resume' })
    press('h')
    await flushPromises()
    answers['POST /calls/c1/actions/hang_up'] = one({ id: 3, action: 'hang_up' })
    await button('挂断')?.trigger('click')
    await flushPromises()
    expect(posted().map(({ what }) => what)).toEqual([
      'POST /calls/c1/actions/hold',
      'POST /calls/c1/actions/resume',
      'POST /calls/c1/actions/hang_up',
    ])
  })

  it('hand on, call in and hang up by key, to whom is chosen', async () => {
    const route = { params: {} } as unknown as RouteLocationNormalizedLoaded
    page = mount(CallControls, {
      attachTo: document.body,
      props: { standing: li() },
      global: { provide: { [routeLocationKey as symbol]: route } },
    })
    await flushPromises()
    for (const [key, action] of [
      ['t', 'transfer'],
      ['j', 'conference'],
    ] as const) {
      answers[`POST /calls/c1/actions/${action}`] = one({ id: 20, action, state: 'taken' })
      press(key)
      await vi.waitFor(() => page?.getComponent(TargetDialog))
      page.getComponent(TargetDialog).vm.$emit('take', { to_user_id: 9 })
      await flushPromises()
      expect(posted().at(-1)).toMatchObject({
        what: `POST /calls/c1/actions/${action}`,
        body: { to_user_id: 9 },
      })
      expect(page.findComponent(TargetDialog).exists()).toBe(false)
    }
    answers['POST /calls/c1/actions/hang_up'] = one({ id: 21, action: 'hang_up' })
    press('x')
    await flushPromises()
    expect(posted().at(-1)?.what).toBe('POST /calls/c1/actions/hang_up')
  })

  it('offer only what the exchange can do, and nothing by key either', async () => {
    answers['GET /calls/actions'] = { can: ['hold'] }
    await open(li())
    expect(page?.findAll('button').map((found) => found.text())).toEqual(['保持'])
    press('x')
    press('t')
    await flushPromises()
    expect(posted()).toEqual([])
    expect(document.querySelector('dialog')).toBeNull()
  })

  it('call a third in, let nobody be called any more, and let a third go', async () => {
    await open(li())
    answers['POST /calls/c1/actions/conference'] = one({ action: 'conference', state: 'taken' })
    await command('c1', 'conference', { to_unit_id: 3 })
    await flushPromises()
    expect(page?.get('[role=status]').text()).toBe('正在呼叫第三方…')
    expect(button('取消呼叫')).toBeDefined()
    hear(one({ action: 'conference' }))
    await flushPromises()
    answers['POST /calls/c1/actions/drop'] = one({ id: 5, action: 'drop' })
    await button('请出第三方')?.trigger('click')
    await flushPromises()
    expect(hasThird('c1')).toBe(false)
  })

  it('know of a third after the page was loaded anew, until he was let go or somebody else is here', () => {
    hear(one({ action: 'conference' }))
    const kept = sessionStorage.getItem('qp.thirds') ?? ''
    forgetCommands()
    recallThirds()
    expect(hasThird('c1')).toBe(false)
    sessionStorage.setItem('qp.thirds', kept)
    recallThirds()
    expect(hasThird('c1')).toBe(true)
    hear(one({ id: 2, action: 'drop' }))
    recallThirds()
    expect(hasThird('c1')).toBe(false)
    for (const odd of ['no json', '{}', '[7]']) {
      sessionStorage.setItem('qp.thirds', odd)
      recallThirds()
    }
    expect(hasThird('c1')).toBe(false)
  })
})

describe('whom a call goes to', () => {
  it('is a colleague, who handles the ticket on the screen, or a number', async () => {
    answers['GET /agents/colleagues'] = {
      items: [
        { user_id: 8, name: '吴芳', extension: '8002', state: 'talking' },
        { user_id: 9, name: '赵强', extension: '8003', state: 'ready' },
      ],
    }
    answers['GET /tickets/WN1'] = {
      ticket_no: 'WN1',
      unit_id: 3,
      unit_name: '住建局',
      official_id: 5,
      official_name: '张工',
    }
    const route = { params: { ticketNo: 'WN1' } } as unknown as RouteLocationNormalizedLoaded
    page = mount(TargetDialog, {
      attachTo: document.body,
      props: { what: 'transfer' },
      global: { provide: { [routeLocationKey as symbol]: route } },
    })
    await flushPromises()
    expect(document.activeElement?.textContent).toContain('张工')
    const names = page.findAll('section button').map((found) => found.text())
    expect(names.map((text) => text.slice(0, 2))).toEqual(['张工', '住建', '赵强', '吴芳'])
    await button('张工')?.trigger('click')
    await button('值班电话')?.trigger('click')
    await button('赵强')?.trigger('click')
    await page.get('input[inputmode=tel]').setValue('0913 2123456')
    await page.findAll('form').at(-1)?.trigger('submit')
    expect(page.emitted('take')).toEqual([
      [{ to_official_id: 5 }],
      [{ to_unit_id: 3 }],
      [{ to_user_id: 9 }],
      [{ to_number: '0913 2123456' }],
    ])
  })
})

describe('calling back', () => {
  it('is offered where an exchange dials, and says whose telephone rings', async () => {
    page = mount(DialButton, { props: { purpose: { callback_id: 4 } } })
    await flushPromises()
    answers['POST /calls'] = one({ id: 6, action: 'dial', state: 'failed', reason: 'own_phone' })
    await button('立即拨打')?.trigger('click')
    await flushPromises()
    expect(posted()[0]?.body).toEqual({ callback_id: 4 })
    expect(said()).toBe('您自己的话机没有接听。')
    page.unmount()
    answers['GET /calls/actions'] = { can: [] }
    page = mount(DialButton, { props: { purpose: { callback_id: 4 } } })
    await flushPromises()
    expect(page.find('button').exists()).toBe(false)
  })
})

describe('the shift lead at a talk', () => {
  it('asks for what the exchange can do with it, by the name of whose talk it is', async () => {
    await learn()
    expect(can('whisper')).toBe(false)
    page = mount(WatchActs, { props: { agent: li() } })
    expect(page.findAll('button')).toHaveLength(1)
    expect(page.get('button').attributes('aria-label')).toBe('监听 李敏 的通话')
    answers['POST /calls/c1/actions/listen'] = one({ id: 7, action: 'listen', state: 'taken' })
    await page.get('button').trigger('click')
    await flushPromises()
    expect(said()).toBe('请接听您的话机…')
    // The feed was quicker: it has been told, and nobody has to pick up any more.
    answers['POST /calls/c1/actions/listen'] = () => {
      hear(one({ id: 8, action: 'listen' }))
      return one({ id: 8, action: 'listen', state: 'taken' })
    }
    const before = toasts.value.length
    hear(one({ id: 7, action: 'listen' }))
    await page.get('button').trigger('click')
    await flushPromises()
    expect(toasts.value).toHaveLength(before)
  })
})
