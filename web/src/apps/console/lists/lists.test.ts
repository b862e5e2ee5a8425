import { mount, flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { ListFilter } from '../state/list-filter'
import { anyTicket, belongs } from '../state/list-filter'
import {
  chooseColumns,
  columnChoices,
  leastWidth,
  readChoices,
  shownColumns,
} from '../state/columns'
import { createMarks, mostMarked } from '../state/marks'
import { dropView, filterOf, putView, views, type SavedView } from '../state/views'
import ColumnDialog from './ColumnDialog.vue'
import { keepView, removeView } from './keep-view'
import { questionOf, questionWords } from './question'
import ViewDialog from './ViewDialog.vue'

const view: SavedView = {
  id: '11111111-2222-4333-8444-555555555555',
  name: '蒲城超期',
  filter: { division: '610526', overdue: true },
  sort: 'due',
  columns: ['no', 'title'],
  version: 2,
  mine: true,
  may_change: true,
}

const late: ListFilter = { ...anyTicket, division: '610526', overdue: true, sort: 'due' }

interface Asked {
  method: string
  path: string
  header: (name: string) => string | null
  body: unknown
}

let asked: Asked[] = []
let answer: (question: Asked) => Response

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

const router = createRouter({
  history: createMemoryHistory(),
  routes: [{ path: '/:all(.*)*', component: { template: '<p></p>' } }],
})

beforeEach(() => {
  asked = []
  answer = ({ body, path }) =>
    json({ ...view, ...(body as object), id: path.split('/').at(-1), version: 3 })
  vi.stubGlobal('fetch', async (request: Request) => {
    const text = await request.text()
    const question = {
      method: request.method,
      path: new URL(request.url).pathname,
      header: (name: string) => request.headers.get(name),
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    }
    asked.push(question)
    return answer(question)
  })
  views.value = []
  localStorage.clear()
  columnChoices.value = {}
})
afterEach(() => {
  vi.unstubAllGlobals()
  document.body.replaceChildren()
})

const saves = (): Asked[] => asked.filter(({ method }) => method === 'PUT')

describe('marks', () => {
  const shown = ['a', 'b', 'c', 'd', 'e']

  it('go on and off one by one, and through to a row with Shift', () => {
    const { marked, toggle, extend, drop } = createMarks()
    toggle('b')
    extend(shown, 'd')
    expect([...marked.value]).toEqual(['b', 'c', 'd'])
    extend(shown, 'a')
    expect([...marked.value].sort()).toEqual(['a', 'b', 'c', 'd'])
    toggle('c')
    drop(['a'])
    expect([...marked.value].sort()).toEqual(['b', 'd'])
  })

  it('begin at the selected row when none was marked before', () => {
    const { marked, extend } = createMarks()
    extend(shown, 'c', 'a')
    expect([...marked.value]).toEqual(['a', 'b', 'c'])
  })

  it('take all that are shown, or none, and never more than one can answer for', () => {
    const { marked, all } = createMarks()
    all(shown)
    expect(marked.value.size).toBe(5)
    all(shown)
    expect(marked.value.size).toBe(0)
    all(Array.from({ length: mostMarked + 5 }, (_, at) => String(at)))
    expect(marked.value.size).toBe(mostMarked)
  })
})

describe('columns', () => {
  it('are what there is room for, or what was chosen, in that order', () => {
    const keys = (chosen: readonly string[] | undefined, room: number) =>
      shownColumns(chosen, room).map(({ key }) => key)
    expect(keys(undefined, 3)).toHaveLength(10)
    expect(keys(undefined, 2)).not.toContain('accepted')
    expect(keys(['accepted', 'gone', 'no'], 0)).toEqual(['accepted', 'no'])
  })

  it.each([
    [1280, 0],
    [1366, 1],
    [1440, 2],
    [1696, 3],
  ])('fit side by side in a window of %i px', (pixels, room) => {
    // Navigation, padding and the bar that scrolls down; the boxes to mark rows come on top.
    const place = pixels / 16 - 10.5 - 1.5 - 0.125 - 0.95
    expect(leastWidth(shownColumns(undefined, room)) + 2.25).toBeLessThanOrEqual(place)
  })

  it('are remembered on the machine, whatever else stands there', () => {
    chooseColumns('', ['no', 'title'])
    expect(readChoices(localStorage.getItem('qp.columns'))).toEqual({ '': ['no', 'title'] })
    chooseColumns('', [])
    expect(columnChoices.value).toEqual({})
    expect(readChoices('not json')).toEqual({})
    expect(readChoices('{"":[1],"views/x":["no"],"y":[]}')).toEqual({ 'views/x': ['no'] })
  })

  it('move with the keyboard and keep the focus on what moves', async () => {
    const dialog = mount(ColumnDialog, {
      attachTo: document.body,
      props: { view: undefined, chosen: ['no', 'title', 'state'] },
    })
    await flushPromises()
    const titles = () => dialog.findAll('.columns__entry label').map((one) => one.text())
    expect(titles().slice(0, 3)).toEqual(['工单号', '标题', '状态'])
    await dialog.get('[aria-label="把“标题”上移"]').trigger('click')
    await flushPromises()
    expect(titles().slice(0, 3)).toEqual(['标题', '工单号', '状态'])
    expect(document.activeElement?.getAttribute('aria-label')).toBe('把“标题”下移')
    await dialog.get('form').trigger('submit')
    await flushPromises()
    expect(columnChoices.value['']).toEqual(['title', 'no', 'state'])
    expect(asked).toEqual([])
  })

  it('are kept with a view one may change, else on the machine for it alone', async () => {
    const open = async (of: SavedView) => {
      const dialog = mount(ColumnDialog, {
        attachTo: document.body,
        props: { view: of, chosen: of.columns },
      })
      await flushPromises()
      await dialog.findAll('input')[0]?.setValue(false)
      await dialog.get('form').trigger('submit')
      await flushPromises()
    }
    await open(view)
    expect(saves().map(({ body }) => (body as SavedView).columns)).toEqual([['title']])
    await open({ ...view, mine: false, may_change: false })
    expect(saves()).toHaveLength(1)
    expect(columnChoices.value).toEqual({ [`views/${view.id}`]: ['title'] })
  })
})

describe('saved views', () => {
  it('ask what they were saved to ask', () => {
    expect(filterOf(view)).toEqual(late)
    expect(questionOf(late)).toEqual(view.filter)
    expect(questionWords({ ...late, state: 'open', q: '停电' })).toEqual([
      '状态：在办（全部）',
      '区县：610526',
      '搜索：停电',
      '只看超期',
      '排序：时限最近',
    ])
    expect(belongs({ channel: 'web' } as never, { ...anyTicket, channel: 'phone' })).toBe(false)
  })

  it('are made under an id of their own and changed under their version', async () => {
    const input = { name: 'x', filter: {} }
    await keepView(input, { id: view.id })
    await keepView(input, { before: view })
    expect(
      asked
        .filter(({ method }) => method === 'PUT')
        .map((one) => [one.path, one.header('If-Match'), one.header('If-None-Match')]),
    ).toEqual([
      [`/api/v1/me/views/${view.id}`, null, '*'],
      [`/api/v1/me/views/${view.id}`, '"2"', null],
    ])
    expect(views.value).toHaveLength(1)
  })

  it('that changed elsewhere are fetched anew and not overwritten', async () => {
    answer = ({ method }) =>
      method === 'GET'
        ? json({ items: [{ ...view, name: '别人改过' }] })
        : json({ type: 'x', title: 'x', status: 412, code: 'stale_version', detail: 'x' }, 412)
    putView(view)
    expect((await removeView(view)).ok).toBe(false)
    expect(views.value).toEqual([view])
    dropView(view.id)
    expect(views.value).toEqual([])
  })

  it('need a name, and say at their field what the server refuses', async () => {
    answer = () =>
      json(
        {
          type: 'x',
          title: 'x',
          status: 422,
          code: 'validation_failed',
          detail: 'x',
          errors: [{ field: 'filter.q', code: 'rule_broken', message: '视图不保存电话号码' }],
        },
        422,
      )
    const closed = vi.fn()
    const dialog = mount(ViewDialog, {
      attachTo: document.body,
      global: { plugins: [router] },
      props: {
        view: undefined,
        filter: { ...late, q: '13800001111' },
        chosen: undefined,
        onClose: closed,
      },
    })
    await flushPromises()
    await dialog.get('form').trigger('submit')
    await flushPromises()
    expect(dialog.get('.ui-summary, [tabindex="-1"]').text()).toContain('请填写视图名称')
    expect(saves()).toHaveLength(0)
    await dialog.get('input').setValue('找人')
    await dialog.get('form').trigger('submit')
    await flushPromises()
    expect(dialog.text()).toContain('视图不保存电话号码')
    expect(closed).not.toHaveBeenCalled()
    answer = ({ body }) => json({ ...view, ...(body as object) }, 201)
    await dialog.get('form').trigger('submit')
    await flushPromises()
    expect(new Set(saves().map(({ path }) => path)).size).toBe(1)
    expect(closed).toHaveBeenCalled()
  })
})
