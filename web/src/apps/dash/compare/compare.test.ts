import { describe, expect, it } from 'vitest'
import type { RateCounts } from '../state/figures'
import { changeOf } from './change'
import { earlier, monthsUpTo } from './periods'

describe('the period before', () => {
  it('of a whole month is the whole month before, whatever its length', () => {
    const march = { from: '2027-03-01', to: '2027-03-31' }
    expect(earlier(march, 'previous')).toEqual({ from: '2027-02-01', to: '2027-02-28' })
    const february = { from: '2027-02-01', to: '2027-02-28' }
    expect(earlier(february, 'previous')).toEqual({ from: '2027-01-01', to: '2027-01-31' })
  })

  it('of half a month is half a month, of a quarter a quarter', () => {
    const half = { from: '2026-11-01', to: '2026-11-15' }
    expect(earlier(half, 'previous')).toEqual({ from: '2026-10-01', to: '2026-10-15' })
    const quarter = { from: '2026-10-01', to: '2026-12-31' }
    expect(earlier(quarter, 'previous')).toEqual({ from: '2026-07-01', to: '2026-09-30' })
  })

  it('of any other days is as many days before them', () => {
    const days = { from: '2026-11-03', to: '2026-11-05' }
    expect(earlier(days, 'previous')).toEqual({ from: '2026-10-31', to: '2026-11-02' })
  })

  it('a year ago has the same days, also after a leap day', () => {
    const leap = { from: '2028-02-01', to: '2028-02-29' }
    expect(earlier(leap, 'lastYear')).toEqual({ from: '2027-02-01', to: '2027-02-28' })
    expect(earlier({ from: '2026-11-03', to: '2026-11-05' }, 'lastYear')).toEqual({
      from: '2025-11-03',
      to: '2025-11-05',
    })
  })

  it('a trend is twelve months, the last one up to today', () => {
    const months = monthsUpTo('2027-02-10', 12)
    expect(months).toHaveLength(12)
    expect(months[0]).toEqual({ from: '2026-03-01', to: '2026-03-31' })
    expect(months[11]).toEqual({ from: '2027-02-01', to: '2027-02-10' })
  })
})

describe('a change', () => {
  const rate = (percent: number | undefined, over: Partial<RateCounts> = {}): RateCounts => ({
    code: 'on_time_rate',
    definition_version: 1,
    numerator: 90,
    denominator: 100,
    ...(percent === undefined ? {} : { percent }),
    ...over,
  })

  it('is told in percentage points with its direction', () => {
    expect(changeOf(rate(95.6), rate(94.4))).toEqual({
      points: 1.2,
      direction: 'up',
      good: true,
      small: false,
    })
    expect(changeOf(rate(90), rate(90))).toMatchObject({ direction: 'same', good: undefined })
  })

  it('is good when what should not happen falls', () => {
    const back = { code: 'return_rate' as const }
    expect(changeOf(rate(3, back), rate(5, back))).toMatchObject({ direction: 'down', good: true })
    expect(changeOf(rate(80), rate(85))).toMatchObject({ direction: 'down', good: false })
  })

  it('is none where there were no cases, and no judgement where there were few', () => {
    expect(changeOf(rate(undefined, { denominator: 0 }), rate(80))).toBeUndefined()
    expect(changeOf(rate(80), undefined)).toBeUndefined()
    expect(changeOf(rate(80), rate(60, { denominator: 5 }))).toMatchObject({ small: true })
  })
})
