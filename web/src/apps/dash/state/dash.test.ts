import { describe, expect, it } from 'vitest'
import { levelOf, shadeOf, sorted, tileClass, valueOf, type Group, type Rate } from './figures'
import { isPeriod, periodOf } from './period'
import { trendOption } from './trend-option'

const rate = (over: Partial<Rate> = {}): Rate => ({
  code: 'on_time_rate',
  name: '按时办结率',
  definition: '按时提交 ÷ 应办结',
  definition_version: 1,
  basis: 'due_or_closed_day',
  excluded: [],
  numerator: 19,
  denominator: 20,
  percent: 95,
  target: 98,
  ...over,
})

const group = (key: string, over: Partial<Group> = {}): Group => ({
  key,
  name: key,
  accepted: 4,
  rates: [rate()],
  ...over,
})

describe('periods', () => {
  const at = (text: string) => Date.parse(text)

  it('follow the calendar of Shaanxi, not that of the browser or of UTC', () => {
    const newYear = at('2026-12-31T16:30:00Z')
    expect(periodOf('today', newYear)).toEqual({ from: '2027-01-01', to: '2027-01-01' })
    expect(periodOf('lastMonth', newYear)).toEqual({ from: '2026-12-01', to: '2026-12-31' })
    expect(periodOf('year', newYear)).toEqual({ from: '2027-01-01', to: '2027-01-01' })
  })

  it('know months and quarters', () => {
    const november = at('2026-11-23T03:00:00Z')
    expect(periodOf('month', november)).toEqual({ from: '2026-11-01', to: '2026-11-23' })
    expect(periodOf('quarter', november)).toEqual({ from: '2026-10-01', to: '2026-11-23' })
    expect(periodOf('lastMonth', at('2028-03-10T03:00:00Z'))).toEqual({
      from: '2028-02-01',
      to: '2028-02-29',
    })
  })

  it('must not end before they begin', () => {
    expect(isPeriod({ from: '2026-11-01', to: '2026-11-01' })).toBe(true)
    expect(isPeriod({ from: '2026-11-02', to: '2026-11-01' })).toBe(false)
    expect(isPeriod({ from: '', to: '2026-11-01' })).toBe(false)
  })
})

describe('rates', () => {
  it('are judged by their target, and the wrong way round where less is better', () => {
    expect(levelOf(rate())).toBe('near')
    expect(levelOf(rate({ percent: 98 }))).toBe('met')
    expect(levelOf(rate({ percent: 92.9 }))).toBe('missed')
    expect(levelOf(rate({ code: 'return_rate', percent: 5, target: 8 }))).toBe('met')
    expect(levelOf(rate({ code: 'return_rate', percent: 20, target: 8 }))).toBe('missed')
  })

  it('are not judged without a target, with few cases, or with none', () => {
    const { target, ...aimless } = rate()
    expect([target, levelOf(aimless)]).toEqual([98, 'plain'])
    expect(levelOf(rate({ denominator: 9 }))).toBe('small')
    const { percent, ...empty } = rate({ denominator: 0 })
    expect(percent).toBeDefined()
    expect(levelOf(empty)).toBe('none')
    expect(levelOf(undefined)).toBe('none')
  })
})

describe('tiles', () => {
  it('are shaded by share of the most', () => {
    expect([0, 1, 25, 26, 100].map((value) => shadeOf(value, 100))).toEqual([0, 1, 1, 2, 4])
    expect(shadeOf(3, 0)).toBe(0)
  })

  it('take the class of what they show', () => {
    expect(tileClass(group('a', { accepted: 8 }), 'accepted', 8)).toBe('tile--shade-4')
    expect(tileClass(group('a'), 'on_time_rate', 0)).toBe('tile--near')
    expect(tileClass(group('a', { rates: [] }), 'on_time_rate', 0)).toBe('tile--none')
    expect(tileClass(undefined, 'open', 3)).toBe('tile--none')
    expect(valueOf(group('a'), 'open')).toBe(0)
  })
})

describe('tables', () => {
  it('list but do not rank what has too few cases', () => {
    const groups = [
      group('small', { rates: [rate({ denominator: 3, percent: 0 })] }),
      group('good', { rates: [rate({ percent: 99 })] }),
      group('bad', { rates: [rate({ percent: 70 })] }),
    ]
    const keys = (descending: boolean) =>
      sorted(groups, { metric: 'on_time_rate', descending }).map(({ key }) => key)
    expect(keys(false)).toEqual(['bad', 'good', 'small'])
    expect(keys(true)).toEqual(['good', 'bad', 'small'])
  })
})

describe('trend', () => {
  it('is there at once, and leaves gaps where nothing was due', () => {
    const colours = { ink: '#000', soft: '#111', line: '#222', bars: '#333', curve: '#444' }
    const days = [group('2026-11-01'), group('2026-11-02', { rates: [] })]
    const option = trendOption(days, { accepted: '受理', onTime: '按时' }, colours, {
      size: 14,
      family: 'Noto Sans CJK SC',
    })
    expect(option.animation).toBe(false)
    expect(option.textStyle.fontFamily).toBe('Noto Sans CJK SC')
    expect(option.series[0]?.data).toEqual([4, 4])
    expect(option.series[1]?.data).toEqual([95, null])
    expect(option.xAxis.data).toEqual(['11-01', '11-02'])
  })
})
