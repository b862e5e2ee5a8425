import { flushPromises, mount } from '@vue/test-utils'
import { minutesAndSeconds } from '@/shared/i18n/format'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import EnterpriseView from './EnterpriseView.vue'
import { callText, changeText, ratingsInAll, resultWords, shareText, type Life } from './life'

const ticket: Life['open'][number]['ticket'] = {
  ticket_no: 'WN2026112700000001',
  version: 1,
  state: 'handling',
  title: '车间频繁停电',
  type: 'help',
  topic: '供电',
  urgency: 'normal',
  channel: 'phone',
  round: 1,
  accepted_at: '2026-11-27T03:00:00.000Z',
}

const life: Life = {
  enterprise: { id: 7, name: '蒲城果业有限公司', phone: '138****8000', five_above: true },
  active: true,
  may_reveal: true,
  figures: {
    ...{ tickets: 5, open: 2, visits: 1, all_counted: true },
    ratings: [
      { month: '2026-10', rated: 3, satisfied: 2, solved: 1 },
      { month: '2026-11', rated: 1, satisfied: 1, solved: 1 },
    ],
    topics: [{ text: '供电', tickets: 4 }],
    words: [{ text: '频繁停电', tickets: 3 }],
  },
  open: [
    { ticket, readable: true },
    { ticket: { ...ticket, ticket_no: 'WN2026112700000028' }, readable: false },
  ],
  cards: [
    {
      official_id: 1,
      official_name: '张工',
      unit_name: '蒲城县住建局',
      since: '2026-01-05',
      active: true,
    },
  ],
}

describe('what happened to an enterprise', () => {
  it('is told in words', () => {
    const call = { kind: 'call', at: '', direction: 'in' } as const
    expect(callText({ ...call, answered: true, seconds: 125 })).toBe('来电 · 通话 2:05')
    expect(callText({ ...call, answered: true })).toBe('来电 · 通话中')
    expect(callText({ ...call, answered: true, seconds: 59, score: 4 })).toBe(
      '来电 · 通话 0:59 · 评 4 分',
    )
    expect(callText({ ...call, direction: 'out', answered: false })).toBe('去电 · 未接通')
    const change = { kind: 'change', at: '' } as const
    expect(changeText({ ...change, entry: 'card', deed: 'created', name: '张工' })).toBe(
      '建立连心卡：张工',
    )
    expect(changeText({ ...change, entry: 'enterprise', deed: 'deactivated' })).toBe('注销')
    expect(minutesAndSeconds(59)).toBe('0:59')
  })

  it('has a result only where there is one', () => {
    expect(resultWords({ kind: 'ticket', at: '' })).toEqual([])
    const words = resultWords({
      kind: 'ticket',
      at: '',
      outcome: 'solved',
      solved: 'yes',
      satisfaction: 'satisfied',
    })
    expect(words).toHaveLength(2)
  })

  it('is rated with numerator and denominator, and not at all without ratings', () => {
    expect(shareText(3, 4)).toContain('（3/4）')
    expect(shareText(0, 0)).toBe('—')
    expect(ratingsInAll(life.figures.ratings)).toEqual({ rated: 4, satisfied: 3 })
  })
})

describe('the page of an enterprise', () => {
  afterEach(() => vi.unstubAllGlobals())

  async function open(path: string, answer: (url: URL) => object | Response) {
    const asked: string[] = []
    vi.stubGlobal('fetch', async (request: Request) => {
      const url = new URL(request.url)
      asked.push(url.pathname + url.search)
      const body = answer(url)
      return body instanceof Response ? body : Response.json(body)
    })
    const router = createRouter({
      history: createMemoryHistory(),
      routes: [
        { path: '/enterprises/:id?', component: EnterpriseView, props: true },
        { path: '/:all(.*)', component: { template: '<div />' } },
      ],
    })
    await router.push(path)
    const page = mount({ template: '<RouterView />' }, { global: { plugins: [router] } })
    await flushPromises()
    return { page, asked }
  }

  it('shows its life, and leads only to tickets the asker may open', async () => {
    const { page, asked } = await open('/enterprises/7', (url) => {
      if (!url.pathname.endsWith('/timeline')) return life
      const second = url.searchParams.get('cursor') === '5.0.0'
      const items = [{ kind: 'visit', at: ticket.accepted_at, of: { ticket, readable: true } }]
      return second ? { items } : { items, next_cursor: '5.0.0' }
    })
    const text = page.text()
    for (const part of ['蒲城果业有限公司', '规上企业', '张工', '频繁停电', '2026-10'])
      expect(text).toContain(part)
    expect(page.findAll('.life__open a')).toHaveLength(1)
    expect(page.findAll('.life__entry')).toHaveLength(1)
    await page.get('.page__more').trigger('click')
    await flushPromises()
    expect(page.findAll('.life__entry')).toHaveLength(2)
    expect(asked.at(-1)).toContain('cursor=5.0.0')
  })

  it('says so when it may not be seen', async () => {
    const { page } = await open('/enterprises/8', () =>
      Response.json(
        { type: 'about:blank', title: '', status: 404, code: 'not_found', detail: '没有找到。' },
        { status: 404, headers: { 'Content-Type': 'application/problem+json' } },
      ),
    )
    expect(page.text()).toContain('看不到这家企业')
  })

  it('without one offers the search alone', async () => {
    const { page, asked } = await open('/enterprises', () => ({}))
    expect(page.text()).toContain('查企业')
    expect(asked).toEqual([])
  })
})
