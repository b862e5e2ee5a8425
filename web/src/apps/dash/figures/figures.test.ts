import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import AgeingPanel from './AgeingPanel.vue'
import CallsPanel from './CallsPanel.vue'
import DissatisfactionPanel from './DissatisfactionPanel.vue'
import FunnelPanel from './FunnelPanel.vue'
import HoursPanel from './HoursPanel.vue'
import LoadPanel from './LoadPanel.vue'
import TopicsPanel from './TopicsPanel.vue'
import { barOf, heatOf, sortedLoad, stepsOf, type LoadLine } from './reckon'

const head = {
  code: 'hours',
  definition_version: 1,
  name: '指标',
  definition: '口径全文',
  numerator_text: '分子的话',
  denominator_text: '分母的话',
  from: '2026-11-01',
  to: '2026-11-27',
  scope: '全市',
}
const period = { from: head.from, to: head.to, at: undefined }
const cases = {
  rate: 'received',
  side: 'denominator',
  from: head.from,
  to: head.to,
  definition_version: 1,
  total: 1,
  items: [{ ticket_no: 'WN1', times: 1, days: ['2026-11-03'], units: ['城管局'], visible: false }],
}

const asked: string[] = []
function serve(answers: Record<string, unknown>): void {
  vi.stubGlobal('fetch', async (request: Request) => {
    const { pathname, search } = new URL(request.url)
    asked.push(decodeURIComponent(pathname.replace('/api/v1', '') + search))
    const body = answers[pathname.replace('/api/v1', '')]
    return body === undefined
      ? Response.json(
          {
            type: '/problems/not_found',
            code: 'not_found',
            title: 'x',
            status: 404,
            detail: '没有',
          },
          { status: 404, headers: { 'content-type': 'application/problem+json' } },
        )
      : Response.json(body)
  })
}

beforeEach(() => {
  asked.length = 0
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true
  }
})
afterEach(() => vi.unstubAllGlobals())

const weekdays = Array.from({ length: 7 }, (_, day) =>
  Array.from({ length: 24 }, (_, hour) => (day === 1 && hour === 9 ? 8 : day === 1 ? 1 : 0)),
)

describe('reckoning', () => {
  it('sums the hours by row and by column', () => {
    const heat = heatOf({ weekdays })
    expect(heat.most).toBe(8)
    expect(heat.rows.map(({ sum }) => sum)).toEqual([0, 31, 0, 0, 0, 0, 0])
    expect([heat.hours[9], heat.hours[10]]).toEqual([8, 1])
  })

  it('tells what was lost before each step of the funnel', () => {
    const step = (metric: string, numerator: number) => ({
      metric,
      numerator,
      denominator: 10,
      name: metric,
      definition: '',
    })
    const steps = stepsOf({ steps: [step('a', 10), step('b', 7), step('c', 7)] })
    expect(steps.map(({ lost }) => lost)).toEqual([0, 3, 0])
    expect(steps[1]?.before?.metric).toBe('a')
  })

  it('draws what there is, however little, and nothing for nothing', () => {
    expect([barOf(0, 9), barOf(1, 1000), barOf(9, 9), barOf(3, 0)]).toEqual([0, 1, 100, 0])
  })

  it('lists what has no rate last, whatever it is sorted by', () => {
    const line = (id: number, percent?: number): LoadLine => ({
      id,
      name: String(id),
      open: id,
      due_today: 0,
      overdue: 0,
      closed: 0,
      on_time: { numerator: 1, denominator: 2, ...(percent !== undefined && { percent }) },
      satisfied: { numerator: 0, denominator: 0 },
    })
    const lines = [line(1), line(2, 50), line(3, 90), line(4)]
    expect(sortedLoad(lines, 'on_time').map(({ id }) => id)).toEqual([3, 2, 1, 4])
    expect(sortedLoad(lines, 'open').map(({ id }) => id)).toEqual([4, 3, 2, 1])
  })
})

describe('a panel', () => {
  it('33: the heat map is a table of numbers, each a way to its tickets', async () => {
    serve({
      '/kpi/hours': { ...head, total: 31, excluded: [], weekdays },
      '/kpi/metrics/received/tickets': cases,
    })
    const panel = mount(HoursPanel, { props: period })
    await flushPromises()
    expect(panel.findAll('tbody tr')).toHaveLength(7)
    expect(panel.find('tfoot').text()).toContain('31')
    const most = panel.get('td.tile--shade-4 button')
    expect(most.text()).toBe('8')
    expect(most.attributes('aria-label')).toBe('周二 9 时 8 件')
    await most.trigger('click')
    await flushPromises()
    expect(asked.at(-1)).toBe(
      '/kpi/metrics/received/tickets?from=2026-11-01&to=2026-11-27&weekday=2&hour=9&limit=50',
    )
    await vi.waitFor(() => expect(panel.get('dialog').text()).toContain('WN1'))
  })

  it('31: says its definition, numerator, denominator, period and scope', async () => {
    serve({
      '/kpi/hours': {
        ...head,
        total: 31,
        excluded: [{ reason: 'excluded_merged', name: '并案', count: 4 }],
        weekdays,
      },
    })
    const panel = mount(HoursPanel, { props: period })
    await flushPromises()
    const text = panel.text()
    for (const said of ['口径全文', '分子的话', '分母的话', '2026-11-01 至 2026-11-27', '全市']) {
      expect(text).toContain(said)
    }
    expect(text).toMatch(/并案\s*4/)
  })

  it('the funnel leads to those who reached a step, to those lost before it and to the open ones', async () => {
    const step = (metric: string, name: string, numerator: number) => ({
      metric,
      name,
      numerator,
      denominator: 10,
      percent: numerator * 10,
      definition: '…',
    })
    serve({
      '/kpi/funnel': {
        ...head,
        steps: [step('received', '受理', 10), step('received_signed', '签收', 7)],
        closed_on_call: 1,
        open: 5,
        now: [{ state: 'handling', count: 5 }],
        excluded: [],
      },
      '/kpi/metrics/received/tickets': cases,
    })
    const panel = mount(FunnelPanel, { props: period })
    await flushPromises()
    const [, signed] = panel.findAll('tbody tr')
    const buttons = signed?.findAll('button') ?? []
    expect(buttons.map((button) => button.text())).toEqual(['7', '3'])
    await buttons[1]?.trigger('click')
    await flushPromises()
    expect(asked.at(-1)).toContain('/kpi/metrics/received/tickets?')
    expect(asked.at(-1)).toContain('without=received_signed')
    expect(panel.get('dialog').text()).toContain('走到“受理”、未到“签收”的工单')
  })

  it('open tickets by age tell the working from all days, in words', async () => {
    const heap = (open: number, from?: string) => ({
      open,
      overdue: 1,
      to: '2026-11-27',
      ...(from && { from }),
    })
    serve({
      '/kpi/ageing': {
        ...head,
        at: '2026-11-27T04:00:00.000Z',
        open: 5,
        overdue: 2,
        bands: [
          { least: 0, most: 1, working: heap(3, '2026-11-26'), natural: heap(1, '2026-11-26') },
          { least: 2, working: heap(1), natural: heap(0) },
        ],
        units: [{ unit_id: 0, name: '热线中心', open: 5, overdue: 2, bands: [4, 1] }],
      },
    })
    const panel = mount(AgeingPanel, { props: { at: undefined } })
    await flushPromises()
    expect(
      panel
        .findAll('tbody')[0]
        ?.findAll('tr')
        .map((row) => row.get('th').text()),
    ).toEqual(['0–1 天', '2 天以上'])
    expect(panel.text()).toContain('按工作日')
    expect(panel.text()).toContain('在办 5 件，其中超期 2 件')
  })

  it('a change of topics is told by sign and word, in percent only where there was enough', async () => {
    const topic = (name: string, numerator: number, before: number, change_percent?: number) => ({
      topic: name,
      name,
      numerator,
      denominator: 30,
      before,
      change: numerator - before,
      ...(change_percent !== undefined && { change_percent }),
    })
    serve({
      '/kpi/topics': {
        ...head,
        before_from: '2026-10-05',
        before_to: '2026-10-31',
        total: 30,
        total_before: 24,
        left_off: 0,
        excluded: [],
        topics: [topic('用电', 20, 10, 100), topic('用水', 5, 9), topic('道路', 5, 5)],
      },
    })
    const panel = mount(TopicsPanel, { props: period })
    await flushPromises()
    const changes = panel.findAll('tbody tr').map((row) => row.findAll('td').at(-1)?.text())
    expect(changes).toEqual(['▲ 增加 10 (100.0%)', '▼ 减少 4', '＝ 持平'])
  })

  it('load counts what lies on a desk and what it closed, and gives no rate of too few', async () => {
    serve({
      '/kpi/load': {
        ...head,
        code: 'load',
        at: '2026-11-27T04:00:00.000Z',
        by: 'unit',
        smallest: 10,
        measured: true,
        left_off: 0,
        lines: [
          {
            id: 3,
            name: '城管局',
            open: 4,
            due_today: 1,
            overdue: 0,
            closed: 12,
            on_time: { numerator: 11, denominator: 12, percent: 91.7 },
            satisfied: { numerator: 1, denominator: 2 },
            to_sign: { cases: 12, hours: 3.5 },
            to_resolve: { cases: 0 },
          },
        ],
      },
      '/kpi/metrics/closed/tickets': cases,
    })
    const panel = mount(LoadPanel, { props: period })
    await flushPromises()
    const cells = panel.findAll('tbody td').map((cell) => cell.text())
    expect(cells.slice(0, 4)).toEqual(['4', '1', '0', '12'])
    expect(cells[4]).toMatch(/91\.7%\s*11\/12/)
    expect(cells[5]).toMatch(/—\s*1\/2/)
    expect(cells[6]).toContain('3.5')
    await panel.findAll('tbody button').at(-1)?.trigger('click')
    await flushPromises()
    expect(asked.at(-1)).toBe(
      '/kpi/metrics/closed/tickets?from=2026-11-01&to=2026-11-27&desk=3&limit=50',
    )
  })

  it('calls are told over those that asked, by half hour and by agent', async () => {
    const tally = {
      asked: 10,
      answered: 9,
      abandoned: 1,
      flowed_out: 0,
      within_15: 8,
      within_20: 9,
      answered_percent: 90,
      within_15_percent: 80,
      within_20_percent: 90,
      mean_wait_seconds: 6.4,
      p90_wait_seconds: 14,
      mean_talk_seconds: 121,
    }
    serve({
      '/kpi/calls': {
        ...head,
        code: 'calls',
        total: tally,
        half_hours: [{ ...tally, begins: '09:00' }],
        agents: [
          { ...tally, user_id: 7, name: '李敏', handling_seconds: 151.5, occupancy_percent: 71.4 },
        ],
      },
    })
    const panel = mount(CallsPanel, { props: period })
    await flushPromises()
    const tiles = panel.findAll('.rate').map((tile) => tile.text())
    expect(tiles[0]).toMatch(/90\.0%\s*9 \/ 10/)
    expect(tiles[1]).toMatch(/15.*80\.0%\s*8 \/ 10/)
    expect(tiles[2]).toMatch(/20.*90\.0%\s*9 \/ 10/)
    const [times, agents] = panel.findAll('tbody')
    expect(times?.get('th').text()).toBe('09:00')
    expect(agents?.get('th').text()).toBe('李敏')
    const cells = agents?.findAll('td').map((cell) => cell.text())
    expect(cells).toContain('80.0%')
    expect(cells?.slice(-2)).toEqual(['151.5', '71.4%'])
  })

  it('a reason of dissatisfaction leads to its tickets, of all and of one unit', async () => {
    serve({
      '/kpi/dissatisfaction': {
        ...head,
        code: 'dissatisfaction',
        smallest: 10,
        share: { numerator: 3, denominator: 40, percent: 7.5 },
        reasons: [
          {
            metric: 'dissatisfied_unsolved',
            name: '没有解决',
            numerator: 2,
            denominator: 3,
            percent: 66.7,
            definition: '…',
            exclusive: true,
          },
        ],
        units: [
          { unit_id: 3, name: '城管局', rated: 20, dissatisfied: 2, percent: 10, counts: [2] },
        ],
      },
      '/kpi/metrics/dissatisfied_unsolved/tickets': cases,
    })
    const panel = mount(DissatisfactionPanel, { props: period })
    await flushPromises()
    // The reasons that add up, what is told besides, the units.
    const [reasons, , units] = panel.findAll('tbody')
    expect(reasons?.text()).toContain('没有解决')
    await reasons?.get('button').trigger('click')
    await flushPromises()
    const question = '/kpi/metrics/dissatisfied_unsolved/tickets?from=2026-11-01&to=2026-11-27'
    expect(asked.at(-1)).toBe(`${question}&limit=50`)
    await units?.findAll('button').at(-1)?.trigger('click')
    await flushPromises()
    expect(asked.at(-1)).toMatch(/dissatisfied_unsolved.*desk=3/)
  })

  it('says in the server’s words what it cannot show', async () => {
    serve({})
    const panel = mount(HoursPanel, { props: period })
    await flushPromises()
    expect(panel.text()).toContain('没有')
  })
})
