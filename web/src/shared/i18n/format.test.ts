import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { shortMoment, spanOfTime } from './format'
import { setLocale } from './locale'

describe('a span of time', () => {
  afterEach(() => setLocale('zh-CN'))

  it.each([
    [0, '0秒'],
    [59, '59秒'],
    [60, '1分钟'],
    [3_599, '59分钟'],
    [3_600, '1小时'],
    [90_061, '1天 1小时 1分钟'],
    [86_400, '1天'],
  ])('%i seconds are told in days, hours and minutes, never rounded up', (seconds, text) => {
    expect(spanOfTime(seconds)).toBe(text)
  })

  it('is told in English as well', async () => {
    await setLocale('en')
    expect(spanOfTime(7_380)).toBe('2 hr 3 min')
  })
})

describe('a moment in short', () => {
  // An hour past New Year in Shanghai, still the old year in Greenwich.
  beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-01-01T01:00:00+08:00') }))
  afterEach(async () => {
    vi.useRealTimers()
    await setLocale('zh-CN')
  })

  it('has no year within this one, which is Shanghai’s', () => {
    expect(shortMoment('2025-12-31T16:30:00Z')).toBe('1月1日 00:30')
    expect(shortMoment('2026-11-23T06:05:00Z')).toBe('11月23日 14:05')
  })

  it('tells the year of any other, in both languages', async () => {
    expect(shortMoment('2025-12-31T15:59:00Z')).toBe('2025年12月31日 23:59')
    expect(shortMoment('2026-12-31T16:00:00Z')).toBe('2027年1月1日 00:00')
    await setLocale('en')
    expect(shortMoment('2025-12-31T15:59:00Z')).toBe('Dec 31, 2025, 23:59')
    expect(shortMoment('2026-11-23T06:05:00Z')).toBe('Nov 23, 14:05')
  })
})
