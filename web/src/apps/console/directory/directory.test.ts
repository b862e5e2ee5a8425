import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { setLocale } from '@/shared/i18n/locale'
import { reference } from '@/shared/ticket/reference'
import { treeStep } from '@/ui/tree'
import { caughtUp, draftOf, faultsOf, inputOf, linesOf } from './draft'
import { changesOf, differences } from './history'
import { pageOf, partsFor } from './parts'
import { daysAround, monthAfter, weeksOf } from './roster'
import type { Change, Turn } from './types'
import { found, linesIn, treeRows } from './unit-tree'

const unit = (id: number, parent_id?: number, active = true) => ({
  id,
  name: `单位${id}`,
  code: `u-${id}`,
  active,
  ...(parent_id !== undefined && { parent_id }),
})

// 1 ─ 2 ─ 4, 1 ─ 3, 5
const units = [unit(1), unit(2, 1), unit(3, 1, false), unit(4, 2), unit(5)]

describe('the tree of units', () => {
  it('shows what stands open, each with its place among its siblings', () => {
    expect(treeRows(units, new Set()).map(({ id }) => id)).toEqual([1, 5])
    expect(treeRows(units, new Set([1]))).toEqual([
      { id: 1, label: '单位1', level: 1, place: 1, siblings: 2, open: true },
      { id: 2, label: '单位2', level: 2, place: 1, siblings: 2, open: false },
      { id: 3, label: '单位3', level: 2, place: 2, siblings: 2, faded: true },
      { id: 5, label: '单位5', level: 1, place: 2, siblings: 2 },
    ])
  })

  it('hides nobody whose parent is not there', () => {
    expect(treeRows([unit(7, 99)], new Set()).map(({ id }) => id)).toEqual([7])
  })

  it('finds by name or code, and opens what leads there', () => {
    const { units: shown, open, count } = found(units, ' U-4 ')
    expect(count).toBe(1)
    expect(treeRows(shown, open).map(({ id }) => id)).toEqual([1, 2, 4])
  })

  it('tells the line of a unit, and does not run round a circle', () => {
    expect(linesIn(units)(4)).toEqual([4, 2, 1])
    expect(linesIn([unit(1, 2), unit(2, 1)])(1)).toEqual([1, 2])
  })

  it.each([
    ['ArrowDown', 2, { to: 3 }],
    ['ArrowUp', 1, undefined],
    ['Home', 5, { to: 1 }],
    ['End', 1, { to: 5 }],
    ['ArrowRight', 2, { toggle: 2, open: true }],
    ['ArrowRight', 1, { to: 2 }],
    ['ArrowRight', 3, undefined],
    ['ArrowLeft', 1, { toggle: 1, open: false }],
    ['ArrowLeft', 3, { to: 1 }],
    ['x', 1, undefined],
  ])('%s at %i walks as trees do', (key, at, step) => {
    expect(treeStep(treeRows(units, new Set([1])), at, key)).toEqual(step)
  })
})

const official = {
  id: 9,
  active: true,
  revision: 3,
  may_change: true,
  staff_no: 'WN0009',
  name: '王敏',
  unit_id: 2,
  unit_name: '市住建局',
  phone: '13900000000',
  duties: ['用电', '施工许可'],
  capacity: 15,
  deputy_id: 11,
}

describe('the form of an entry', () => {
  it('sends what stands in it as the contract names it, and leaves out what is empty', () => {
    const draft = { ...draftOf('official', official), deputy_id: '', phone: ' ', note: ' 调岗 ' }
    expect(inputOf('official', draft)).toEqual({
      name: '王敏',
      staff_no: 'WN0009',
      unit_id: 2,
      duties: ['用电', '施工许可'],
      capacity: 15,
      note: '调岗',
    })
  })

  it('keeps the codes of places as codes, and sizes as numbers', () => {
    const firm = { name: '秦东机械', division: '610526', town: '610526101', size: 2 }
    expect(inputOf('enterprise', draftOf('enterprise', firm))).toEqual({
      ...firm,
      five_above: false,
    })
  })

  it('tells in its own order what is missing, too long or no number', () => {
    const draft = { ...draftOf('official', {}), name: '名'.repeat(61), capacity: '十五' }
    expect(faultsOf('official', draft).map(({ field, fault }) => [field.name, fault])).toEqual([
      ['name', 'long'],
      ['staff_no', 'missing'],
      ['unit_id', 'missing'],
      ['capacity', 'number'],
    ])
    expect(faultsOf('official', draftOf('official', official))).toEqual([])
  })

  it('takes up what another changed, but for what was typed here', () => {
    const draft = { ...draftOf('official', official), phone: '0913-2', note: '换号' }
    const newest = { ...official, revision: 4, phone: '0913-1', capacity: 20, duties: [] }
    expect(caughtUp('official', draft, official, newest)).toMatchObject({
      phone: '0913-2',
      capacity: '20',
      duties: '',
      note: '换号',
      name: '王敏',
    })
  })

  it('reads several values one a line', () => {
    expect(linesOf('用电\n\n用水')).toEqual(['用电', '用水'])
    expect(linesOf(undefined)).toEqual([])
  })
})

const change = (given: Partial<Change>): Change => ({
  id: 1,
  at: '2026-11-27T02:00:00Z',
  user_name: '系统管理员',
  deed: 'changed',
  kind: 'official',
  entity_id: 9,
  entity_name: '王敏',
  source: 'api',
  ...given,
})

describe('the history', () => {
  beforeEach(() => {
    reference.value = {
      types: [],
      topics: [],
      decline_reasons: [],
      return_reasons: [],
      suspend_reasons: [],
      divisions: [{ code: '610526', name: '蒲城县', kind: 'county' }],
    }
  })
  afterEach(async () => {
    reference.value = undefined
    await setLocale('zh-CN')
  })

  it('tells in words what was and what is, and no field that stayed', () => {
    const before = { ...official, deputy_name: '李强' }
    const after = {
      ...before,
      revision: 4,
      unit_id: 5,
      unit_name: '蒲城县住建局',
      duties: [],
      deputy_id: undefined,
    }
    expect(changesOf(change({ before, after }))).toEqual([
      { field: '单位', before: '市住建局', after: '蒲城县住建局' },
      { field: '职责', before: '用电、施工许可', after: '本单位全部' },
      { field: '代理人', before: '李强', after: '—' },
    ])
  })

  it('has words for codes, places, numbers without a name, and yes and no', async () => {
    const before = { level: 'city', division: '610526', parent_id: 3 }
    const after = { level: 'county', division: '', parent_id: 4 }
    expect(differences('unit', before, after)).toEqual([
      { field: '上级单位', before: '编号 3', after: '编号 4' },
      { field: '层级', before: '市级', after: '县级' },
      { field: '所在地', before: '蒲城县', after: '—' },
    ])
    await setLocale('en')
    expect(differences('enterprise', { five_above: false }, { five_above: true, size: 4 })).toEqual(
      [
        { field: 'Size', before: '—', after: 'Large' },
        { field: 'Above designated size', before: 'No', after: 'Yes' },
      ],
    )
  })

  it('tells what was put into a new entry, and nothing of one that only left use', () => {
    const after = { name: '数据局', code: 'data', active: true }
    expect(changesOf(change({ kind: 'unit', deed: 'created', after }))).toEqual([
      { field: '名称', before: '—', after: '数据局' },
      { field: '代码', before: '—', after: 'data' },
    ])
    const off = { kind: 'unit', deed: 'deactivated', before: after } as const
    expect(changesOf(change({ ...off, after: { ...after, active: false } }))).toEqual([])
  })

  it('shows a field it has no word for yet under its own name', () => {
    expect(differences('unit', {}, { seal: '有' })).toEqual([
      { field: 'seal', before: '—', after: '有' },
    ])
  })
})

const turn = (day: string, from?: string): Turn => ({
  id: 1,
  active: true,
  revision: 1,
  may_change: true,
  unit_id: 2,
  unit_name: '',
  official_id: 9,
  official_name: '王敏',
  phone: '',
  day,
  ...(from && { from, to: '08:00' }),
})

describe('a roster of a month', () => {
  it('begins its weeks on Monday and leaves the days of other months empty', () => {
    const weeks = weeksOf('2026-11', [])
    // 1 November 2026 is a Sunday, the 30th a Monday.
    expect(weeks).toHaveLength(6)
    expect(weeks[0]?.map((cell) => cell?.day)).toEqual([...Array(6).fill(undefined), 1])
    expect(weeks[5]?.map((cell) => cell?.day)).toEqual([30, ...Array(6).fill(undefined)])
  })

  it('puts turns on their day, the earliest first', () => {
    const turns = [turn('2026-11-03', '18:00'), turn('2026-11-03', '08:00'), turn('2026-11-04')]
    const cells = weeksOf('2026-11', turns).flat()
    expect(cells.find((cell) => cell?.day === 3)?.turns.map(({ from }) => from)).toEqual([
      '08:00',
      '18:00',
    ])
    expect(cells.find((cell) => cell?.day === 4)?.turns).toHaveLength(1)
  })

  it('goes over the turn of a year, and knows how long a month is', () => {
    expect(monthAfter('2026-12', 1)).toBe('2027-01')
    expect(monthAfter('2026-01', -1)).toBe('2025-12')
    expect(daysAround('2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
  })
})

describe('what somebody sees of the directory', () => {
  it.each([
    ['directory.read', ['units', 'officials', 'learned']],
    ['directory.history', ['history']],
    [
      'directory.read directory.keep directory.history',
      ['units', 'officials', 'enterprises', 'learned', 'history', 'files'],
    ],
    ['', []],
  ])('with %s', (permissions, parts) => {
    const held = permissions.split(' ')
    expect(partsFor((one) => held.includes(one))).toEqual(parts)
  })

  it('leads to the page of an entry only those who see it', () => {
    const reader = (one: string) => one === 'directory.read'
    expect(pageOf('official', 9, reader)).toBe('/directory/officials/9')
    expect(pageOf('enterprise', 9, reader)).toBeUndefined()
    expect(pageOf('leave', 9, () => true)).toBeUndefined()
  })
})
