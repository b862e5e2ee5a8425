import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import type { Progress } from '../state/progress'
import ProgressCard from './ProgressCard.vue'

const progress = (over: Partial<Progress> = {}): Progress => ({
  ticket_no: 'WN202611230000017',
  state: 'handling',
  state_text: '承办单位正在办理',
  title: '停电',
  accepted_at: '2026-11-23T01:00:00.000Z',
  unit_name: '蒲城县供电分公司',
  move: { whose: 'unit', text: '工作人员正在办理。', until: '2026-11-30T10:00:00.000Z' },
  can_rate: false,
  can_withdraw: true,
  can_urge: false,
  can_add: true,
  can_reopen: false,
  can_attach: false,
  attachments: [],
  timeline: [{ at: '2026-11-23T01:00:00.000Z', text: '诉求已收到' }],
  ...over,
})

const sent: { path: string; body: unknown }[] = []

function serve(status: number, body: unknown): void {
  sent.length = 0
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push({ path: new URL(request.url).pathname, body: await request.json() })
    return new Response(JSON.stringify(body), { status })
  })
}

const card = (of: Progress) => mount(ProgressCard, { props: { progress: of, code: 'K7MX2P' } })
type Card = ReturnType<typeof card>
const button = (of: Card, text: string) => of.findAll('button').find((one) => one.text() === text)

afterEach(() => vi.unstubAllGlobals())

it('38: says what the state means, whose move it is and until when', () => {
  const move = card(progress()).get('.move').text()
  expect(move).toContain('现在轮到：蒲城县供电分公司')
  expect(move).toContain('工作人员正在办理。')
  expect(move).toContain('最晚 2026年11月30日 18:00')
  const mine = card(progress({ move: { whose: 'you', text: '请您评价。' } })).get('.move')
  expect(mine.text()).toContain('现在轮到：您')
  const late = { whose: 'unit', text: '…', until: '2026-11-22T10:00:00.000Z', late: true } as const
  expect(
    card(progress({ move: late }))
      .get('.move')
      .text(),
  ).toContain('已经超过')
})

it('tells from which day on one may urge again', () => {
  const told = card(progress({ urge_from: '2026-11-29T16:00:00.000Z' }))
  expect(told.text()).toContain('下一次从 2026年11月30日 起')
  expect(button(told, '催一催')).toBeUndefined()
  expect(button(card(progress({ can_urge: true })), '催一催')).toBeDefined()
})

it('takes what the appellant adds, keeps it when it does not arrive, and shows it in the timeline', async () => {
  const words = '今天又停了一次电'
  const of = card(progress())
  await button(of, '补充说明')?.trigger('click')
  await of.get('form').trigger('submit')
  expect(of.get('.ui-errors').text()).toContain('至少两个字')
  await of.get('textarea').setValue(` ${words} `)
  serve(503, { type: '', title: '忙', status: 503, code: 'busy', detail: '请稍后再试' })
  await of.get('form').trigger('submit')
  await flushPromises()
  expect(of.get('.ui-errors').text()).toContain('请稍后再试')
  expect(of.get('textarea').element.value).toBe(` ${words} `)
  const after = progress({
    timeline: [{ at: '2026-11-23T02:00:00.000Z', text: '您补充了说明', words }],
  })
  serve(200, after)
  await of.get('form').trigger('submit')
  await flushPromises()
  expect(sent).toEqual([
    {
      path: '/api/v1/appeals/WN202611230000017/additions',
      body: { code: 'K7MX2P', text: words },
    },
  ])
  expect(of.emitted('changed')).toEqual([[after]])
  await of.setProps({ progress: after })
  expect(of.get('.ui-timeline').text()).toContain(words)
})

it('has a closed matter handled again only with a reason', async () => {
  const of = card(
    progress({ state: 'closed', can_add: false, can_withdraw: false, can_reopen: true }),
  )
  await button(of, '问题没解决，重新办理')?.trigger('click')
  await flushPromises()
  serve(200, progress())
  await button(of, '重新办理')?.trigger('click')
  expect(sent).toEqual([])
  expect(of.get('dialog').text()).toContain('请写明原因')
  await of.get('dialog textarea').setValue('还是没有电')
  await button(of, '重新办理')?.trigger('click')
  await flushPromises()
  expect(sent[0]?.path).toBe('/api/v1/appeals/WN202611230000017/reopening')
  expect(sent[0]?.body).toEqual({ code: 'K7MX2P', reason: '还是没有电' })
})
