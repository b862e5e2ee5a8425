import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { answeredBy } from '../state/answers'
import { clearDraft, draft } from '../state/store'
import EnterpriseCode from './EnterpriseCode.vue'
import KnownAnswers from './KnownAnswers.vue'

const answer = (article_id: number) => ({
  article_id,
  title: `问题${article_id}`,
  answer: '带上身份证到政务大厅。',
  basis: '登记条例',
  unit_name: '市场监管局',
  valid_from: '2026-01-01',
})

let asked: string[] = []

function serve(of: Record<string, unknown>): void {
  vi.stubGlobal('fetch', (request: Request) => {
    const { pathname, search } = new URL(request.url)
    const path = pathname.replace('/api/v1', '')
    asked.push(`${request.method} ${path}${decodeURIComponent(search)}`)
    const body = of[path]
    return Promise.resolve(
      body === undefined ? new Response(null, { status: 204 }) : Response.json(body),
    )
  })
}

beforeEach(() => {
  asked = []
  clearDraft()
})
afterEach(() => {
  clearDraft()
  vi.unstubAllGlobals()
})

it('a code that is known fills in the name, and never over one that was typed', async () => {
  const licence = { uscc: '91110000802100433B', name: '某某有限公司', division: '', active: true }
  serve({ '/public/enterprises': { items: [licence] } })
  const field = mount(EnterpriseCode)
  await field.get('input').setValue('9111 0000 8021 0043 3b')
  await flushPromises()
  expect(asked).toEqual(['GET /public/enterprises?uscc=91110000802100433B'])
  expect(draft.enterpriseName).toBe('某某有限公司')
  expect(field.get('[role=status]').text()).toContain('某某有限公司')
  draft.enterpriseName = '我的店'
  await flushPromises()
  expect(draft.enterpriseName).toBe('我的店')
  await field.get('button').trigger('click')
  expect(draft.enterpriseName).toBe('某某有限公司')
})

it('a wrong check character is explained and turns nobody away; half a code asks nothing', async () => {
  serve({ '/public/enterprises': { items: [] } })
  const field = mount(EnterpriseCode)
  await field.get('input').setValue('911100008021')
  await flushPromises()
  expect(asked).toEqual([])
  await field.get('input').setValue('91110000802100433C')
  await flushPromises()
  expect(field.get('[role=status]').text()).toContain('应是 B，您填的是 C')
  await field.get('input').setValue('91110000802100433B')
  await flushPromises()
  expect(field.get('[role=status]').text()).toContain('不影响提交')
})

it('“is this your answer?”: no takes it away for this appeal, yes is counted and ends happily', async () => {
  serve({ '/public/knowledge': { items: [answer(1), answer(2)] } })
  draft.content = '请问个体户执照怎么办'
  const known = mount(KnownAnswers)
  await flushPromises()
  expect(known.findAll('summary').map((one) => one.text())).toEqual(['问题1', '问题2'])
  const button = (text: string) => known.findAll('button').find((one) => one.text() === text)
  await button('不是，继续填写')?.trigger('click')
  expect(known.findAll('summary').map((one) => one.text())).toEqual(['问题2'])
  expect(asked.filter((one) => one.startsWith('POST'))).toEqual([])
  await button('是，不用再提交了')?.trigger('click')
  await flushPromises()
  expect(asked.at(-1)).toBe('POST /public/knowledge/2/helped')
  expect(answeredBy.value?.article_id).toBe(2)
  expect(location.hash).toBe('#/answered')
  expect(draft.content).toBe('请问个体户执照怎么办')
})

it('a complaint is offered no answer', async () => {
  serve({ '/public/knowledge': { items: [answer(1)] } })
  draft.type = 'complaint'
  draft.content = '请问个体户执照怎么办'
  const known = mount(KnownAnswers)
  await flushPromises()
  expect(known.findAll('summary')).toHaveLength(0)
})
