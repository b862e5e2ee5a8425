import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { setLocale } from '@/shared/i18n/locale'
import { sampleTicket } from '@/shared/ticket/sample-ticket'
import type { Ticket, TicketSummary } from '@/shared/ticket/types'
import type { Call, Tab } from '../state/call-tabs'
import { emptyDraft, type Draft } from '../state/draft'
import SimilarWhileTyping from '../similar/SimilarWhileTyping.vue'
import CallerPanel from './CallerPanel.vue'
import TicketFacts from './TicketFacts.vue'

const ticket = (ticket_no: string, over: Partial<TicketSummary> = {}): TicketSummary => ({
  ...sampleTicket,
  ticket_no,
  title: `工单${ticket_no}`,
  ...over,
})

let asked: string[]
let found: object | ((asked: URL) => object)
const nothing = { template: '<div />' }
const router = createRouter({
  history: createMemoryHistory(),
  routes: [{ path: '/:all(.*)', component: nothing }],
})

beforeEach(() => {
  asked = []
  found = { items: [] }
  vi.stubGlobal('fetch', async (request: Request) => {
    const question = new URL(request.url)
    asked.push(`${question.pathname.replace('/api/v1', '')}${question.search}`)
    const answer: object = typeof found === 'function' ? found(question) : found
    return answer instanceof Response ? answer : Response.json(answer)
  })
})

let panel: ReturnType<typeof mount> | undefined
afterEach(async () => {
  panel?.unmount()
  panel = undefined
  vi.unstubAllGlobals()
  await setLocale('zh-CN')
})

async function open(draft: Partial<Draft>, over: Partial<Tab> = {}, call?: Call) {
  const tab: Tab = { id: 'a', draft: { ...emptyDraft(), ...draft }, ...over }
  const shown = mount(CallerPanel, {
    props: { tab, call },
    slots: { default: '<button @click="params.leaveTo([\'WN1\'])">beside</button>' },
    global: { plugins: [router] },
  })
  panel = shown
  await flushPromises()
  return shown
}

describe('who calls', () => {
  it('is nobody yet before a number is whole, and unknown once it is known to be', async () => {
    expect((await open({ phone: '1399' })).text()).toContain('还没有来电')
    expect(asked).toEqual([])
    const typed = await open({ phone: '139 9137 0001' })
    expect(asked[0]).toContain('phone=13991370001')
    expect(typed.text()).toContain('没有这个号码的记录')
    expect(typed.text()).not.toContain('还没有来电')
  })

  it('is not called unknown while nobody has answered', async () => {
    const away = () => Response.json({}, { status: 503 })
    const partly = ({ search }: URL) => (search.includes('state=open') ? { items: [] } : away())
    for (const answers of [away, partly]) {
      found = answers
      const typed = await open({ phone: '13991370001' })
      expect(typed.text()).not.toContain('没有')
      typed.unmount()
    }
  })

  it('has earlier tickets, but not the one that was filed here a moment ago', async () => {
    found = { items: [ticket('WN1'), ticket('WN2', { state: 'closed' })] }
    const draft = { phone: '13991370001' }
    expect((await open(draft)).findAll('.caller__add')).toHaveLength(1)
    const receipt = { ticket_no: 'WN1', status: 'committed' } as NonNullable<Tab['receipt']>
    const filed = await open(draft, { receipt })
    expect(filed.findAll('.caller__add')).toHaveLength(0)
    expect(filed.text()).toContain('工单WN2')
    expect(filed.text()).not.toContain('WN1')
  })

  it('has what is still open also where much was closed since', async () => {
    const closed = [1, 2, 3, 4, 5].map((n) => ticket(`WN${String(n)}`, { state: 'closed' }))
    found = ({ search }: URL) => ({
      items: search.includes('state=open') ? [ticket('WN0')] : closed,
    })
    expect((await open({ phone: '13991370001' })).text()).toContain('在办工单 1 张')
  })

  it('shows a ticket once that stands among the similar ones', async () => {
    found = { items: [ticket('WN1'), ticket('WN3')] }
    const shown = await open({ phone: '13991370001' })
    expect(shown.text()).toContain('在办工单 2 张')
    await shown.get('button').trigger('click')
    expect(shown.text()).toContain('其他在办工单 1 张')
    expect(shown.text()).not.toContain('WN1')
  })

  it('is of an industry that has a name, in the reader’s language', async () => {
    const enterprise = { id: 7, name: '秦东机械', industry: 'C' }
    const call: Call = { call_id: 'c', state: 'talking', ani: '09132000001', enterprise }
    expect((await open({}, { callId: 'c' }, call)).text()).toContain('C 制造业')
    await setLocale('en')
    expect((await open({}, { callId: 'c' }, call)).text()).toContain('C Manufacturing')
  })
})

it('what is similar to the text is told of by number', async () => {
  const item = { ticket: ticket('WN1'), duplicate: true, phrases: [], likeness: 1, contained: 1 }
  found = { items: [item], elsewhere: 0, complete: true }
  const draft = { ...emptyDraft(), content: '车间突然停电，请抢修' }
  const beside = mount(SimilarWhileTyping, { props: { draft }, global: { plugins: [router] } })
  panel = beside
  await flushPromises()
  expect(beside.emitted('listed')).toEqual([[['WN1']]])
})

describe('a unit that assists', () => {
  const facts = (state: Ticket['state']): string => {
    const co_units = [
      { id: 1, code: 'a', name: '住建局', answered: true },
      { id: 2, code: 'b', name: '供电局', answered: false },
    ]
    const one = { ...sampleTicket, state, co_units }
    return mount(TicketFacts, { props: { ticket: one }, global: { plugins: [router] } }).text()
  }

  it('is waited for while the ticket is open, and gave no opinion once it is over', async () => {
    expect(facts('handling')).toContain('住建局（已反馈）、供电局（待反馈）')
    expect(facts('closed')).toContain('供电局（没有反馈）')
    await setLocale('en')
    expect(facts('handling')).toContain('住建局 (answered), 供电局 (not yet)')
    expect(facts('archived')).toContain('供电局 (gave no opinion)')
  })
})
