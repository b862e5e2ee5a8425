import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ready } from '../state/desk'
import { forget, hear, lasting, later, mine, toggled, type Standing } from './agent'
import AgentBar from './AgentBar.vue'
import AgentSkills from './AgentSkills.vue'
import { curves, pathOf, type HalfHour } from './board'
import WaitingTable from './WaitingTable.vue'

const at = Date.parse('2026-11-27T04:00:00Z')

const li = (over: Partial<Standing> = {}): Standing => ({
  user_id: 7,
  name: '李敏',
  extension: '8001',
  state: 'ready',
  since: '2026-11-27T03:57:55.000Z',
  ...over,
})

describe('where one’s own telephone stands', () => {
  beforeEach(() => void vi.stubGlobal('fetch', async () => Response.json({ items: [] })))
  afterEach(() => {
    forget()
    vi.unstubAllGlobals()
  })

  it('is the later of two tellings, whichever comes first', () => {
    const old = li({ state: 'not_ready', reason: 'meal', since: '2026-11-27T03:00:00.000Z' })
    expect(later(li(), old).state).toBe('ready')
    expect(later(old, li()).state).toBe('ready')
    expect(later(old, li({ user_id: 8 })).user_id).toBe(8)
    const next = li({ next: { state: 'not_ready', reason: 'meal' } })
    expect(later(li(), next).next).toBeDefined()
  })

  it('4: lets calls pop up while he is at work, and only then', () => {
    for (const state of ['ready', 'ringing', 'talking', 'held', 'wrap_up'] as const) {
      hear(li({ state }))
      expect([state, ready.value]).toEqual([state, true])
    }
    hear(li({ state: 'not_ready', reason: 'meal' }))
    expect(ready.value).toBe(false)
    hear(li({ state: 'offline' }))
    expect(ready.value).toBe(false)
  })

  it('is switched by one key: to ready, to a rest, and during a call for after it', () => {
    const rest = { state: 'not_ready', reason: 'rest' }
    expect(toggled(li())).toEqual(rest)
    expect(toggled(li({ state: 'offline' }))).toEqual({ state: 'ready' })
    expect(toggled(li({ state: 'wrap_up' }))).toEqual({ state: 'ready' })
    expect(toggled(li({ state: 'talking' }))).toEqual(rest)
    const next = { state: 'not_ready', reason: 'meal' } as const
    expect(toggled(li({ state: 'talking', next }))).toEqual({ state: 'ready' })
  })

  it('tells for how long', () => {
    expect(lasting('2026-11-27T03:57:55.000Z', at)).toBe('2:05')
    expect(lasting('2026-11-27T02:57:55.000Z', at)).toBe('1:02:05')
    expect(lasting('2026-11-27T04:00:05.000Z', at)).toBe('0:00')
    expect(lasting(undefined, at)).toBe('')
  })
})

describe('the agent bar', () => {
  let bar: ReturnType<typeof mount>
  let asked: [string, unknown][] = []
  let answers: Record<string, object> = {}

  beforeEach(() => {
    vi.useFakeTimers({ now: at, toFake: ['Date'] })
    asked = []
    answers = { 'GET /calls': { items: [] } }
    vi.stubGlobal('fetch', async (request: Request) => {
      const path = new URL(request.url).pathname.replace('/api/v1', '')
      const text = await request.text()
      const what = `${request.method} ${path}`
      asked.push([what, text === '' ? undefined : JSON.parse(text)])
      const answer = answers[what]
      if (answer === undefined) return Response.json(li({ state: 'offline' }))
      return 'status' in answer
        ? Response.json(answer, {
            status: 422,
            headers: { 'Content-Type': 'application/problem+json' },
          })
        : Response.json(answer)
    })
  })
  afterEach(() => {
    bar.unmount()
    vi.useRealTimers()
    vi.unstubAllGlobals()
    document.body.replaceChildren()
  })

  async function open(first: Standing) {
    answers['GET /agents/me'] = first
    bar = mount(AgentBar, { attachTo: document.body, props: { userId: 7 } })
    await flushPromises()
  }
  const press = (key: string) =>
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, altKey: true, bubbles: true }))
  const chosen = () => asked.findLast(([what]) => what === 'POST /agents/me/state')?.[1]
  const button = (name: string) => bar.findAll('button').find((one) => one.text().includes(name))

  it('says state, reason and time, and becomes ready by key', async () => {
    await open(li({ state: 'not_ready', reason: 'meal' }))
    const toggle = bar.get('.shell__ready')
    expect(toggle.text()).toBe('○ 示忙 · 用餐')
    expect(bar.get('.agent__time').text()).toBe('2:05')
    answers['POST /agents/me/state'] = li({ since: '2026-11-27T04:00:00.000Z' })
    press('r')
    await flushPromises()
    expect(chosen()).toEqual({ state: 'ready' })
    expect(toggle.text()).toBe('● 就绪')
    expect(toggle.attributes('aria-pressed')).toBe('true')
    expect(ready.value).toBe(true)
  })

  it('says to whoever is signed out that he is, and offers to sign in', async () => {
    await open(li({ state: 'offline', reason: 'left' }))
    const enter = bar.get('.shell__ready')
    expect(bar.get('.agent').text()).toContain('○ 未签入 · 已离开')
    expect(enter.text()).toBe('签入')
    expect(enter.attributes('aria-pressed')).toBeUndefined()
    press('b')
    await flushPromises()
    expect(button('用餐')).toBeDefined()
    expect(button('签出')).toBeUndefined()
    answers['POST /agents/me/state'] = li({ since: '2026-11-27T04:00:00.000Z' })
    await enter.trigger('click')
    await flushPromises()
    expect(chosen()).toEqual({ state: 'ready' })
    expect(bar.get('.shell__ready').text()).toBe('● 就绪')
  })

  it('asks for a break during a call, and says that it comes after it', async () => {
    await open(li({ state: 'talking', call_id: 'c1' }))
    press('b')
    await flushPromises()
    expect(bar.text()).toContain('通话结束并整理后生效')
    answers['POST /agents/me/state'] = li({
      state: 'talking',
      next: { state: 'not_ready', reason: 'meal' },
    })
    await button('用餐')?.trigger('click')
    await flushPromises()
    expect(chosen()).toEqual({ state: 'not_ready', reason: 'meal' })
    expect(bar.get('[role=status]').text()).toBe('之后：示忙 · 用餐')
  })

  it('counts a wrap-up down, ends it and makes it longer', async () => {
    await open(li({ state: 'wrap_up', due_at: '2026-11-27T04:00:21.000Z' }))
    expect(bar.text()).toContain('还有 21 秒')
    answers['POST /agents/me/wrap-up'] = li({
      state: 'wrap_up',
      due_at: '2026-11-27T04:00:51.000Z',
    })
    await button('+30 秒')?.trigger('click')
    await flushPromises()
    expect(bar.text()).toContain('还有 51 秒')
    answers['POST /agents/me/state'] = li({ since: '2026-11-27T04:00:01.000Z' })
    await button('结束整理')?.trigger('click')
    await flushPromises()
    expect(chosen()).toEqual({ state: 'ready' })
    expect(mine.value?.state).toBe('ready')
  })

  it('is not there for who has no extension', async () => {
    await open(li({ extension: '', state: 'offline' }))
    expect(bar.find('.agent').exists()).toBe(false)
    expect(ready.value).toBe(false)
  })
})

describe('the plan’s curves', () => {
  const half = (expected: number, asked?: number): HalfHour => ({
    begins: '09:00',
    expected,
    ...(asked !== undefined && {
      came: { asked, answered: asked, abandoned: 0, flowed_out: 0, within_15: 0, within_20: 0 },
    }),
  })

  it('stand on one scale', () => {
    expect(curves([half(10, 20), half(5)])).toEqual({ expected: [0.5, 0.25], came: [1, 0] })
    expect(curves([half(0)])).toEqual({ expected: [0], came: [0] })
    expect(pathOf([0.5, 1])).toBe('M0 50.0L1 0.0')
  })
})

describe('what an agent can', () => {
  let page: ReturnType<typeof mount>
  let kept: unknown
  beforeEach(async () => {
    kept = undefined
    vi.stubGlobal('fetch', async (request: Request) => {
      if (request.method === 'PUT') kept = await request.json()
      return Response.json({
        user_id: 7,
        name: '李敏',
        items: [
          { skill: '政策', level: 3 },
          { skill: '税务', level: 2 },
        ],
        known: ['政策', '税务', '英语'],
      })
    })
    page = mount(AgentSkills, { attachTo: document.body, props: { agent: li() } })
    await flushPromises()
  })
  afterEach(() => {
    page.unmount()
    vi.unstubAllGlobals()
    document.body.replaceChildren()
  })
  const press = (name: string) =>
    page
      .findAll('button')
      .find((one) => one.text().includes(name))
      ?.trigger('click')

  it('is kept as the shift lead leaves it, with what is typed and not added yet', async () => {
    await press('移除“税务”')
    await press('英语')
    await page.findAll('select')[0]?.setValue('5')
    await page.get('input').setValue(' 开办 ')
    await page.get('form').trigger('submit')
    await flushPromises()
    expect(kept).toEqual({
      items: [
        { skill: '政策', level: 5 },
        { skill: '英语', level: 3 },
        { skill: '开办', level: 3 },
      ],
    })
    expect(page.emitted('close')).toHaveLength(1)
  })

  it('is not asked for twice by one name', async () => {
    await page.get('input').setValue('政策')
    await press('添加')
    expect(page.findAll('select')).toHaveLength(2)
  })
})

describe('who waits', () => {
  const caller = { call_id: 'c', state: 'queued', since: '2026-11-27T03:59:00.000Z' } as const

  it('has a place and skills where the line is distributed here, and no such columns elsewhere', () => {
    const skills = [
      { skill: '政策', level: 3 },
      { skill: '英语', level: 1 },
    ]
    const ours = mount(WaitingTable, { props: { waiting: [{ ...caller, place: 2, skills }] } })
    expect(ours.findAll('th')).toHaveLength(6)
    expect(ours.text()).toContain('政策 3 级、英语 1 级')
    const theirs = mount(WaitingTable, { props: { waiting: [caller] } })
    expect(theirs.findAll('th')).toHaveLength(4)
  })
})
