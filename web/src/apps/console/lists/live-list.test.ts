import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { sampleTicket } from '@/shared/ticket/sample-ticket'
import type { TicketSummary } from '@/shared/ticket/types'
import UiDataGrid from '@/ui/UiDataGrid.vue'
import { anyTicket } from '../state/list-filter'
import { createTicketList } from '../state/ticket-list'

const row = (no: number, over: Partial<TicketSummary> = {}): TicketSummary => ({
  ...sampleTicket,
  ticket_no: `WN20261123${String(no).padStart(7, '0')}`,
  accepted_at: new Date(Date.UTC(2026, 10, 23) + no * 60_000).toISOString(),
  ...over,
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  document.body.replaceChildren()
})

describe('a live list', () => {
  beforeEach(() => {
    vi.stubGlobal('fetch', () =>
      Promise.resolve(
        new Response(JSON.stringify({ items: [row(3), row(2), row(1)], total: 3 }), {
          headers: { 'Content-Type': 'application/json' },
        }),
      ),
    )
  })

  it('12: counts what comes while a row is selected, and moves nothing until one asks', async () => {
    const list = createTicketList()
    await list.show(anyTicket)
    list.selected.value = row(2).ticket_no
    const before = list.rows.value.map(({ ticket_no }) => ticket_no)
    list.take(row(4))
    list.take(row(2, { version: 9, state: 'closed' }))
    expect(list.waiting.value).toEqual([row(4).ticket_no])
    expect(list.rows.value.map(({ ticket_no }) => ticket_no)).toEqual(before)
    expect(list.rows.value[1]?.state).toBe('closed')
    list.letIn()
    expect(list.rows.value[0]?.ticket_no).toBe(row(4).ticket_no)
    expect(list.waiting.value).toEqual([])
  })

  it('keeps its marks while it changes, and drops them with another question', async () => {
    const list = createTicketList()
    await list.show(anyTicket)
    list.marks.all(list.shown.value)
    list.take(row(4))
    await list.refresh()
    expect(list.marks.marked.value.size).toBe(3)
    await list.show({ ...anyTicket, overdue: true })
    expect(list.marks.marked.value.size).toBe(0)
  })
})

describe('the grid', () => {
  it('11: holds fewer than sixty rows of ten thousand, wherever it is scrolled to', async () => {
    // A window of a tall screen; the test's own document has no sizes.
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(1200)
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1600)
    const rows = Array.from({ length: 10_000 }, (_, no) => row(no))
    const grid = mount(UiDataGrid<TicketSummary>, {
      attachTo: document.body,
      props: {
        label: '全部工单',
        rows,
        columns: [{ key: 'no', title: '工单号', width: '1fr', text: (one) => one.ticket_no }],
        rowKey: (one) => one.ticket_no,
      },
    })
    await flushPromises()
    const count = () => grid.findAll('.ui-grid__row').length
    await vi.waitFor(() => expect(count()).toBeGreaterThan(30))
    expect(count()).toBeLessThan(60)
    expect(grid.attributes('aria-rowcount')).toBe('10001')
    grid.element.scrollTop = 170_000
    await grid.trigger('scroll')
    await flushPromises()
    expect(grid.find('.ui-grid__row').text()).not.toBe(rows[0]?.ticket_no)
    expect(count()).toBeLessThan(60)
  })
})
