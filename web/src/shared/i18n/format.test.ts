import { afterEach, describe, expect, it } from 'vitest'
import { spanOfTime } from './format'
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
