import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { loadMe } from '@/shared/api/session'
import { toasts } from '@/ui/toasts'
import UiFormDialog from '@/ui/UiFormDialog.vue'
import UiTree from '@/ui/UiTree.vue'
import EntryDialog from './EntryDialog.vue'
import FaultsBanner from './FaultsBanner.vue'
import FilesPanel from './FilesPanel.vue'
import { inForce, loadInForce } from './in-force'
import LearnedPanel from './LearnedPanel.vue'
import LeaveList from './LeaveList.vue'
import type { KeptOfficial, KeptUnit } from './types'
import { keepsDutyOf, units } from './units'

const unit: KeptUnit = {
  id: 2,
  active: true,
  revision: 3,
  may_change: true,
  code: 'housing',
  name: '市住建局',
  level: 'city',
  division: '610500',
  function: 'housing',
  officials: 4,
  open_tickets: 2,
}

const official: KeptOfficial = {
  id: 9,
  active: true,
  revision: 1,
  may_change: false,
  staff_no: 'WN0009',
  name: '王敏',
  unit_id: 2,
  unit_name: '市住建局',
  phone: '',
  duties: [],
  capacity: 15,
  on_leave: true,
  demonstration: false,
  open_weighted: 3,
  overdue: 0,
  cards: 0,
}

interface Asked {
  method: string
  path: string
  etag: string | null
  body: unknown
}

type Answer = [status: number, body: unknown]

let asked: Asked[] = []
let answers: Record<string, Answer[]> = {}

/** What the server says to "GET /directory/units/2", one answer after the other, the last for good. */
function answer(request: string, ...said: Answer[]): void {
  answers[request] = said
}

async function fetched(request: Request): Promise<Response> {
  const path = new URL(request.url, 'http://here').pathname.replace('/api/v1', '')
  const text = await request.text()
  const body: unknown = text.startsWith('{') ? JSON.parse(text) : text
  asked.push({ method: request.method, path, etag: request.headers.get('If-Match'), body })
  const queue = answers[`${request.method} ${path}`] ?? []
  const [status, said] = (queue.length > 1 ? queue.shift() : queue[0]) ?? [404, {}]
  return new Response(JSON.stringify(said), {
    status,
    headers: { 'Content-Type': 'application/json' },
  })
}

const problem = (status: number, code: string, errors: object[] = []): Answer => [
  status,
  { type: 'about:blank', title: '', status, code, detail: '不能这样改', errors },
]

async function logIn(permissions: string[], unit_id?: number): Promise<void> {
  const user = { id: 1, login: 'x', name: '甲', role: 'unit_clerk', unit_id }
  answer('GET /me', [
    200,
    { user, permissions, csrf_token: 'c', server_time: '2026-11-27T02:00:00Z' },
  ])
  await loadMe()
}

const router = createRouter({
  history: createMemoryHistory(),
  routes: [{ path: '/:all(.*)*', component: { template: '<p></p>' } }],
})
const attach = { attachTo: document.body, global: { plugins: [router] } }
const submit = async (): Promise<void> => {
  document.querySelector('dialog form')?.dispatchEvent(new Event('submit'))
  await flushPromises()
}
const text = (): string => document.body.textContent ?? ''

beforeEach(() => {
  asked = []
  answers = {}
  vi.stubGlobal('fetch', fetched)
})
afterEach(() => {
  vi.unstubAllGlobals()
  document.body.replaceChildren()
  units.value = undefined
  inForce.value = undefined
})

describe('a dialog with a form', () => {
  it('stays open with what is wrong, takes no second press, and closes when nothing is', async () => {
    let end: (lines: { text: string }[]) => void = () => undefined
    const send = vi.fn(() => new Promise<{ text: string }[]>((done) => (end = done)))
    const dialog = mount(UiFormDialog, { ...attach, props: { title: '题', action: '存', send } })
    await submit()
    await submit()
    expect(send).toHaveBeenCalledOnce()
    end([{ text: '电话不对' }])
    await flushPromises()
    expect(document.activeElement?.textContent).toContain('电话不对')
    expect(dialog.emitted('close')).toBeUndefined()
    await submit()
    end([])
    await flushPromises()
    expect(dialog.emitted('close')).toHaveLength(1)
  })
})

describe('what breaks the rules in the database', () => {
  it('is told with a way to where it is mended, and nothing is told of a sound directory', async () => {
    await logIn(['directory.read'])
    const banner = mount(FaultsBanner, attach)
    expect(banner.find('.ui-banner').exists()).toBe(false)
    const fault = { rule: 'O4', kind: 'unit', entity_id: 7, message: '单位不能是自己的上级' }
    answer('GET /directory', [
      200,
      {
        version: 3,
        stored_version: 3,
        day: '2026-11-27',
        in_force_since: '2026-11-27T02:00:00Z',
        faults: [fault],
        functions: [],
      },
    ])
    await loadInForce()
    await flushPromises()
    expect(banner.text()).toContain(fault.message)
    expect(banner.find('a').attributes('href')).toBe('/directory/units/7')
  })
})

describe('a tree', () => {
  it('is one stop of the Tab key, walked by arrows, chosen by Enter', async () => {
    const rows = [
      { id: 1, label: '市', level: 1, place: 1, siblings: 1, open: true },
      { id: 2, label: '局', level: 2, place: 1, siblings: 1 },
    ]
    const tree = mount(UiTree, { ...attach, props: { label: '单位', rows, modelValue: undefined } })
    const stops = () => tree.findAll('[tabindex="0"]').map((row) => row.text())
    expect(stops()).toEqual(['市'])
    await tree.get('[role=tree]').trigger('keydown', { key: 'ArrowDown' })
    await flushPromises()
    expect(stops()).toEqual(['局'])
    expect(document.activeElement?.textContent).toContain('局')
    await tree.get('[role=tree]').trigger('keydown', { key: 'Enter' })
    expect(tree.emitted('update:modelValue')).toEqual([[2]])
    await tree.get('[role=tree]').trigger('keydown', { key: 'Home' })
    await tree.get('[role=tree]').trigger('keydown', { key: 'ArrowLeft' })
    expect(tree.emitted('toggle')).toEqual([[1, false]])
  })
})

describe('the form of a unit', () => {
  const open = () =>
    mount(EntryDialog, { ...attach, props: { kind: 'unit', title: '修改', entry: unit } })

  it('puts the sentence of the server beside the field it is about', async () => {
    answer(
      'PUT /directory/units/2',
      problem(422, 'validation_failed', [
        { field: 'name', code: 'x', message: '已有同名单位，请换一个名称' },
      ]),
    )
    const dialog = open()
    await submit()
    expect(asked.at(-1)).toMatchObject({ method: 'PUT', etag: '"3"', body: { code: 'housing' } })
    expect(dialog.get('#unit-name-error').text()).toBe('已有同名单位，请换一个名称')
    expect(dialog.get('.ui-errors a').attributes('href')).toBe('#unit-name')
    expect(dialog.emitted('saved')).toBeUndefined()
  })

  it('shows what another changed meanwhile, keeps what was typed, and then saves', async () => {
    const theirs = { ...unit, revision: 4, name: '市住房局', function: 'building' }
    const saved = { ...theirs, revision: 5, name: '市住建委' }
    answer('PUT /directory/units/2', problem(412, 'stale_version'), [200, saved])
    answer('GET /directory/units/2', [200, theirs])
    const dialog = open()
    await dialog.get('#unit-name').setValue('市住建委')
    await submit()
    expect(text()).toContain('名称：市住建局 → 市住房局')
    expect(text()).toContain('职能：housing → building')
    expect((dialog.get('#unit-name').element as HTMLInputElement).value).toBe('市住建委')
    await submit()
    expect(asked.at(-1)).toMatchObject({
      etag: '"4"',
      body: { name: '市住建委', function: 'building' },
    })
    expect(dialog.emitted('saved')).toEqual([[saved]])
  })

  it('asks nobody while something is missing', async () => {
    const dialog = open()
    await dialog.get('#unit-name').setValue(' ')
    await submit()
    expect(asked).toEqual([])
    expect(dialog.get('#unit-name-error').text()).toBe('请填写“名称”')
  })
})

describe('leave', () => {
  const leave = {
    id: 5,
    active: true,
    revision: 2,
    may_change: true,
    official_id: 9,
    official_name: '王敏',
    unit_id: 2,
    unit_name: '市住建局',
    from: '2026-11-20',
    reason: '年假',
    now: true,
  }
  const buttons = (list: ReturnType<typeof mount>) =>
    list.findAll('button').map((button) => button.text())

  it('is kept by the clerk of the unit, and read by others', async () => {
    answer('GET /directory/leaves', [200, { items: [leave], total: 1 }])
    await logIn(['directory.read'])
    const reader = mount(LeaveList, { ...attach, props: { official } })
    await flushPromises()
    expect(reader.text()).toContain('正在休假')
    expect(buttons(reader)).toEqual([])
    reader.unmount()

    await logIn(['directory.read', 'directory.duty'], 2)
    const clerk = mount(LeaveList, { ...attach, props: { official } })
    await flushPromises()
    expect(buttons(clerk)).toEqual(['登记休假', '销假', '修改', '撤销'])
  })

  it('ends today by one button', async () => {
    answer('GET /directory/leaves', [200, { items: [leave], total: 1 }])
    answer('PUT /directory/leaves/5', [200, { ...leave, to: '2026-11-27' }])
    await logIn(['directory.read', 'directory.duty'], 2)
    const list = mount(LeaveList, { ...attach, props: { official } })
    await flushPromises()
    await list.get('button[aria-label^=销假]').trigger('click')
    await flushPromises()
    await submit()
    const sent = asked.find(({ method }) => method === 'PUT')
    expect(sent).toMatchObject({
      etag: '"2"',
      body: { official_id: 9, from: '2026-11-20', reason: '年假', to: expect.any(String) },
    })
    expect(list.emitted('changed')).toHaveLength(1)
  })
})

describe('who keeps leave and turns of a unit', () => {
  it('is its clerk, the clerk of one above it, and who keeps the directory', async () => {
    units.value = [unit, { ...unit, id: 3, parent_id: 2 }, { ...unit, id: 4 }]
    await logIn(['directory.duty'], 2)
    expect([2, 3, 4].map(keepsDutyOf)).toEqual([true, true, false])
    await logIn(['directory.duty', 'directory.keep'])
    expect([2, 3, 4].map(keepsDutyOf)).toEqual([true, true, true])
    await logIn(['directory.read'], 2)
    expect([2, 3, 4].map(keepsDutyOf)).toEqual([false, false, false])
  })
})

describe('importing a file', () => {
  const report = {
    rows: 2,
    added: 1,
    changed: 0,
    unchanged: 0,
    applied: false,
    problems: [],
    remarks: [],
    examples: ['新建单位 数据局'],
  }
  const path = '/directory/import/units'

  async function choose(panel: ReturnType<typeof mount>): Promise<void> {
    const input = panel.get('input[type=file]')
    const file = new File(['code,name'], 'units.csv')
    Object.defineProperty(input.element, 'files', { value: [file], configurable: true })
    Object.defineProperty(input.element, 'value', { value: '', writable: true })
    await input.trigger('change')
    await flushPromises()
  }
  const apply = (panel: ReturnType<typeof mount>) =>
    panel.findAll('button').find((button) => button.text() === '写入名录')

  it('lists what is wrong line by line, and does not offer to write it', async () => {
    const problems = [{ line: 3, message: '没有这个上级单位' }]
    answer(`POST ${path}`, [200, { ...report, added: 0, problems, problem_count: 1 }])
    const panel = mount(FilesPanel, attach)
    await choose(panel)
    expect(panel.text()).toContain('有 1 处问题')
    expect(panel.get('.directory__lines tr').text()).toBe('第 3 行没有这个上级单位')
    expect(apply(panel)).toBeUndefined()
  })

  it('writes after a trial without a problem, and says so', async () => {
    answer(`POST ${path}`, [200, report], [200, { ...report, applied: true }])
    answer('GET /directory/units', [200, { items: [unit], total: 1 }])
    const panel = mount(FilesPanel, attach)
    await choose(panel)
    expect(panel.text()).toContain('没有问题，可以写入')
    await apply(panel)?.trigger('click')
    await flushPromises()
    expect(panel.text()).toContain('已写入：新增 1，修改 0')
    expect(toasts.value.at(-1)?.text).toBe('已写入：新增 1，修改 0')
    expect(apply(panel)).toBeUndefined()
    expect(units.value).toEqual([unit])
  })
})

describe('what routing has learned', () => {
  const shown = async (said: object) => {
    answer('GET /directory/learned', [200, said])
    const panel = mount(LearnedPanel)
    await flushPromises()
    return panel
  }

  it('tells how well texts are read, and which unit is passed over for which', async () => {
    const model = { labels: 6, texts: 4341, held_out: 432, accuracy: 0.785 }
    const panel = await shown({
      models: [{ name: 'type', ...model, sure_from: 0.77 }],
      passed_over: [
        {
          topic: '用气',
          division: '610526',
          division_name: '蒲城县',
          unit_id: 2,
          unit_name: '蒲城县住建局',
          instead_id: 3,
          instead_name: '蒲城县城管局',
          returns: 2,
        },
        { topic: '用地', unit_id: 2, instead_id: 3, returns: 3 },
      ],
    })
    const rows = panel.findAll('tbody tr').map((row) => row.findAll('th, td').map((c) => c.text()))
    expect(rows).toEqual([
      ['类型', '6', '4,341', '78.5%', '432', '77%'],
      ['用气', '蒲城县', '蒲城县住建局', '2', '蒲城县城管局'],
      ['用地', '未写明地点', '编号 2', '3', '编号 3'],
    ])
  })

  it('says that without a model the words alone decide', async () => {
    const panel = await shown({ models: [], passed_over: [] })
    expect(panel.find('table').exists()).toBe(false)
    expect(panel.text()).toContain('只按派单目录的字词判断')
    expect(panel.text()).toContain('目前没有')
  })
})
