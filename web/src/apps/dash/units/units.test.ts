import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Kpi } from '../state/figures'
import UnitTable from './UnitTable.vue'

const kpi = (from: string): Kpi => ({ from, to: '2026-11-27', accepted: 0, rates: [] })

/** Answers the questions for units, and keeps what was asked. */
function serve(answer: (no: number) => Response): string[] {
  const asked: string[] = []
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(new URL(request.url).search)
    return Promise.resolve(answer(asked.length))
  })
  return asked
}

const lines = (name: string) =>
  Response.json({ ...kpi('2026-11-01'), groups: [{ key: '7', name, open: 3, rates: [] }] })

describe('the table of units', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('asks for the rates it shows alone, and again when the board is new', async () => {
    const asked = serve((no) => lines(`第${no}次`))
    const table = mount(UnitTable, { props: { kpi: kpi('2026-11-01') } })
    await flushPromises()
    expect(table.text()).toContain('第1次')
    const query = new URLSearchParams(asked[0])
    expect(query.get('group_by')).toBe('unit')
    expect(query.get('rates')?.split(',')).toContain('on_time_rate')
    expect(query.get('rates')).not.toContain('repeat_rate')
    await table.setProps({ kpi: kpi('2026-11-01') })
    expect(table.text()).toContain('第1次')
    await flushPromises()
    expect(table.text()).toContain('第2次')
  })

  it('never shows the lines of another period', async () => {
    serve((no) =>
      no === 1
        ? lines('旧的')
        : Response.json(
            { type: 'x', title: 'x', status: 503, code: 'busy', detail: '稍后再试' },
            { status: 503, headers: { 'content-type': 'application/problem+json' } },
          ),
    )
    const table = mount(UnitTable, { props: { kpi: kpi('2026-11-01') } })
    await flushPromises()
    await table.setProps({ kpi: kpi('2026-10-01') })
    await flushPromises()
    expect(table.text()).not.toContain('旧的')
    expect(table.text()).toContain('稍后再试')
  })

  it('draws the first fifty of a long table, and all of it when that is asked for', async () => {
    const groups = Array.from({ length: 60 }, (_, n) => ({
      key: String(n),
      name: `单位${n}`,
      open: 60 - n,
      rates: [],
    }))
    serve(() => Response.json({ ...kpi('2026-11-01'), groups }))
    const table = mount(UnitTable, { props: { kpi: kpi('2026-11-01') } })
    await flushPromises()
    expect(table.findAll('tbody tr')).toHaveLength(50)
    await table.get('.ui-button').trigger('click')
    expect(table.findAll('tbody tr')).toHaveLength(60)
    expect(table.find('.ui-button').exists()).toBe(false)
  })

  it('names what a wall leaves out by what it is, in the head and in every line', async () => {
    serve(() => lines('住建局'))
    const table = mount(UnitTable, { props: { kpi: kpi('2026-11-01') } })
    await flushPromises()
    const hidden = table.findAll('.groups__on-tile')
    expect(hidden.map((one) => one.element.tagName)).toEqual(['TH', 'TD'])
    expect(hidden[0]?.text()).toBe('办结率')
  })
})
