import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import BooksPanel from './BooksPanel.vue'
import type { Difference, List } from './books'

const list = (id: number, over: Partial<List> = {}): List => ({
  id,
  source: 'pbx',
  from: '2026-11-26T16:00:00.000Z',
  until: '2026-11-27T16:00:00.000Z',
  told_at: '2026-11-27T18:00:00.000Z',
  calls: 812,
  differing: 0,
  ...over,
})

describe('T43: the books of the platforms', () => {
  let answers: Record<string, object>

  beforeEach(() => {
    answers = {}
    vi.stubGlobal('fetch', async (request: Request) => {
      const answer = answers[new URL(request.url).pathname.replace('/api/v1', '')]
      return answer ? Response.json(answer) : Response.json({}, { status: 503 })
    })
  })
  afterEach(() => void vi.unstubAllGlobals())

  async function panel() {
    const shown = mount(BooksPanel)
    await flushPromises()
    return shown
  }

  it('say for each time whether they are the same, in the city’s time', async () => {
    answers['/call-details'] = { items: [list(2), list(1, { differing: 3 })] }
    const shown = await panel()
    expect(shown.text()).toContain('2026-11-27 00:00:00 – 2026-11-28 00:00:00')
    expect(shown.text()).toContain('一致')
    expect(shown.findAll('button').map((one) => one.text())).toEqual(['3 通不一致'])
  })

  it('show what differs, whose talk was how long, and that there is more', async () => {
    const differences: Difference[] = [
      { call_id: 'a', kind: 'not_in_details', our_seconds: 65 },
      { call_id: 'b', kind: 'answer', their_seconds: 61 },
    ]
    answers['/call-details'] = { items: [list(1, { differing: 3 })] }
    answers['/call-details/1'] = { items: differences }
    const shown = await panel()
    await shown.get('button').trigger('click')
    await flushPromises()
    const cells = shown
      .findAll('table table tbody tr')
      .map((row) => row.findAll('td').map((cell) => cell.text()))
    expect(cells).toEqual([
      ['a', '记录里有，话单里没有', '—', '1:05'],
      ['b', '一方记为接通，另一方记为未接通', '1:01', '未接通'],
    ])
    expect(shown.text()).toContain('3 通中的前 2 通')
  })

  it('close again what could not be shown', async () => {
    answers['/call-details'] = { items: [list(1, { differing: 3 })] }
    const shown = await panel()
    await shown.get('table button').trigger('click')
    await flushPromises()
    expect(shown.get('table button').attributes('aria-expanded')).toBe('false')
    expect(shown.find('.ui-banner').exists()).toBe(true)
  })

  it('tell who has sent none how it is done, and what went wrong', async () => {
    answers['/call-details'] = { items: [] }
    expect((await panel()).text()).toContain('POST /cti/details')
    answers = {}
    expect((await panel()).find('[role="status"], .ui-banner').exists()).toBe(true)
  })
})
