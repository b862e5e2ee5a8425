import { describe, expect, it } from 'vitest'
import type { Rate } from '../state/figures'
import { countOf, percentOf, satisfactionPair, shares } from './cases'

const rate = (over: Partial<Rate> = {}): Rate => ({
  code: 'satisfaction_rate',
  name: '满意率',
  definition: '满意 ÷ 评价',
  definition_version: 1,
  basis: 'survey_day',
  excluded: [
    { reason: 'left_unreached', name: '未联系上', count: 4 },
    { reason: 'excluded_merged', name: '并案', count: 2 },
  ],
  numerator: 956,
  denominator: 1000,
  percent: 95.6,
  ...over,
})

describe('what stands behind a rate', () => {
  it('has as many cases as its counts say', () => {
    expect(countOf(rate(), 'numerator')).toBe(956)
    expect(countOf(rate(), 'denominator')).toBe(1000)
    expect(countOf(rate(), 'missing')).toBe(44)
    expect(countOf(rate(), 'excluded')).toBe(6)
  })

  it('shows no percentage where there is nothing to divide by', () => {
    expect(percentOf({ percent: 95.6 })).toBe('95.6%')
    expect(percentOf({})).toBe('—')
  })

  it('puts raw and adjusted satisfaction side by side, whichever was asked for', () => {
    const adjusted = rate({ code: 'satisfaction_rate_adjusted', percent: 97 })
    const all = [rate(), adjusted, rate({ code: 'solved_rate' })]
    expect(satisfactionPair(rate(), all)).toEqual([rate(), adjusted])
    expect(satisfactionPair(adjusted, all)).toEqual([rate(), adjusted])
    expect(satisfactionPair(rate({ code: 'solved_rate' }), all)).toBeUndefined()
  })
})

describe('where the time went', () => {
  it('is told as hours and shares of the whole, the largest first', () => {
    const lines = shares({
      from: '2026-11-01',
      to: '2026-11-30',
      tickets: 2,
      life_minutes: 400,
      lines: [
        { party: 'centre', minutes: 100 },
        { party: 'unit', unit_id: 3, name: '住建局', minutes: 300 },
      ],
    })
    expect(lines.map(({ key, hours, percent }) => [key, hours, percent])).toEqual([
      ['unit-3', '5.0', 75],
      ['centre-0', '1.7', 25],
    ])
  })

  it('calls a minute less than a tenth of an hour, not nothing', () => {
    const none = { from: '', to: '', tickets: 1, life_minutes: 3 }
    const lines = [
      { party: 'unit' as const, minutes: 3 },
      { party: 'centre' as const, minutes: 1 },
      { party: 'closed' as const, minutes: 0 },
    ]
    expect(shares({ ...none, lines }).map(({ hours }) => hours)).toEqual(['0.1', '< 0.1', '0.0'])
  })

  it('has no shares of nothing', () => {
    const none = { from: '', to: '', tickets: 0, life_minutes: 0 }
    expect(shares({ ...none, lines: [] })).toEqual([])
    expect(shares({ ...none, lines: [{ party: 'centre', minutes: 0 }] })[0]?.percent).toBe(0)
  })
})
