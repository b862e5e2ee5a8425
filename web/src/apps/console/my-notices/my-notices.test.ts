import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { unreadNotices } from '../state/notice-count'
import MyNoticesView from './MyNoticesView.vue'
import { placeOf, type Notice } from './place'

const told: Notice = {
  id: 7,
  at: '2026-11-27T04:00:00.000Z',
  occasion: 'assigned',
  ticket_no: 'WN202611270000016',
  title: '新工单',
  body: '请在 4 小时内签收',
  url: '/mobile#/tickets/WN202611270000016',
  urgent: true,
}

describe('a notice', () => {
  test('leads to its ticket, or to the page it names; to neither when it is for the phone alone', () => {
    expect(placeOf(told, true)).toBe('/tickets/WN202611270000016')
    expect(placeOf(told, false)).toBeUndefined()
    expect(placeOf({ url: '/console#/integrations' }, false)).toBe('/integrations')
    expect(placeOf({ url: '/mobile#/notices' }, true)).toBeUndefined()
  })
})

describe('the page of all one was told', () => {
  afterEach(() => vi.unstubAllGlobals())

  test('counts what is unread, marks one or all as read, and shows what is unread alone', async () => {
    let notices: Notice[] = [{ ...told, id: 8, title: '催办' }, told]
    const asked: string[] = []
    vi.stubGlobal('fetch', async (request: Request) => {
      const { pathname, searchParams } = new URL(request.url)
      asked.push(
        `${request.method} ${pathname.replace('/api/v1', '')}${searchParams.get('unread') === 'true' ? ' unread' : ''}`,
      )
      const read_at = '2026-11-27T05:00:00.000Z'
      const one = /notices\/(\d+)\/read$/.exec(pathname)?.[1]
      const upto = pathname.endsWith('/notices/read')
        ? ((await request.json()) as { upto: number }).upto
        : 0
      if (request.method === 'POST') {
        notices = notices.map((it) =>
          it.id === Number(one) || it.id <= upto ? { ...it, read_at } : it,
        )
        return new Response(null, { status: 204 })
      }
      const unread = notices.filter((it) => !it.read_at)
      const items = searchParams.get('unread') === 'true' ? unread : notices
      return Response.json({ items, unread: unread.length })
    })
    const router = createRouter({
      history: createMemoryHistory(),
      routes: [{ path: '/:any(.*)*', component: { template: '<div />' } }],
    })
    const screen = mount(MyNoticesView, { global: { plugins: [router] }, attachTo: document.body })
    await flushPromises()
    expect(screen.get('[role=status]').text()).toBe('2 条未读')
    expect(screen.findAll('tbody tr').map((row) => row.text())).toHaveLength(2)

    await screen.get('[aria-label="标为已读 催办 WN202611270000016"]').trigger('click')
    await flushPromises()
    expect(asked.at(-1)).toBe('POST /notices/8/read')
    expect(unreadNotices.value).toBe(1)
    expect(screen.findAll('tbody tr')[0]?.text()).toContain('已读')

    await screen.get('input[type=checkbox]').setValue(true)
    await flushPromises()
    expect(asked.at(-1)).toBe('GET /notices unread')
    expect(screen.findAll('tbody tr')).toHaveLength(1)

    const all = screen.findAll('button').find((one) => one.text() === '全部标为已读')
    await all?.trigger('click')
    await flushPromises()
    expect(unreadNotices.value).toBe(0)
    expect(screen.text()).toContain('没有未读消息')
    screen.unmount()
    unreadNotices.value = undefined
  })
})
