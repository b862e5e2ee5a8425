import { mount } from '@vue/test-utils'
import { describe, expect, test } from 'vitest'
import { setLocale } from '@/shared/i18n/locale'
import YearCalendar from '../components/policy/YearCalendar.vue'
import {
  exceptionsOf,
  feastsOf,
  limitText,
  monthsOf,
  noteOf,
  spansOf,
  warningText,
  withChanges,
  workdaysOf,
} from './policy'

const days = [
  { date: '2026-02-14', off: false, name: '春节' },
  { date: '2026-02-16', off: true, name: '春节' },
  { date: '2026-02-17', off: true, name: '春节' },
  { date: '2026-02-28', off: false, name: '春节' },
]
const now = exceptionsOf(days)

describe('the year', () => {
  test('each day is what the notice makes of it', () => {
    const february = monthsOf(2026, now)[1] ?? []
    const kinds = Object.fromEntries(february.map(({ day, kind }) => [day, kind]))
    expect(kinds).toMatchObject({ 13: 'work', 14: 'makeUp', 15: 'weekend', 16: 'holiday' })
    expect(workdaysOf(february)).toBe(20)
    expect(feastsOf(monthsOf(2026, now))).toEqual([
      { name: '春节', off: ['2026-02-16', '2026-02-17'], worked: ['2026-02-14', '2026-02-28'] },
    ])
    expect(spansOf(['2026-02-16', '2026-02-17', '2026-02-28'])).toEqual([
      ['2026-02-16', '2026-02-17'],
      ['2026-02-28', '2026-02-28'],
    ])
  })

  test('shows a file before it is in force', () => {
    const then = withChanges(now, [
      { kind: 'removed', date: '2026-02-28', off: false, name: '' },
      { kind: 'added', date: '2026-02-18', off: true, name: '春节' },
    ])
    expect(then['2026-02-28']).toBeUndefined()
    expect(then['2026-02-18']).toEqual({ works: false, name: '春节' })
    expect(now['2026-02-28']).toBeDefined()
  })

  test('says by word and shape what colour says as well', () => {
    const year = mount(YearCalendar, {
      props: { year: 2026, known: true, exceptions: now, changed: ['2026-02-16'] },
    })
    expect(year.findAll('.policy__month')).toHaveLength(12)
    const off = year.findAll('.policy__day--holiday').map((day) => day.text())
    expect(off).toContain('16休2月16日 放假 春节 有变化')
    expect(
      year.findAll('.policy__day--makeUp').some((day) => day.text().includes('调休上班')),
    ).toBe(true)
    expect(year.text()).toContain('放假 2月16日至2月17日')
    expect(year.text()).toContain('上班 2月14日、2月28日')
    year.unmount()
  })
})

describe('limits in words', () => {
  test('a warning counts days only where the limit is two working days or more', () => {
    const warning = { warn_percent: 20, warn_days: 1 }
    const told = (amount: number, unit: 'working_days' | 'natural_minutes') =>
      warningText({ limit: { amount, unit }, ...warning })
    expect(told(5, 'working_days')).toBe('剩 20% 或提前 1 个工作日')
    expect(told(1, 'working_days')).toBe('剩 20%')
    expect(told(15, 'natural_minutes')).toBe('剩 20%')
    expect(warningText({ limit: { amount: 5, unit: 'working_days' } })).toBe('')
  })

  test('whole hours are told as hours', () => {
    expect(limitText({ amount: 60, unit: 'natural_minutes' })).toBe('1 小时')
    expect(limitText({ amount: 90, unit: 'working_minutes' })).toBe('90 个工作分钟')
    expect(limitText({ amount: 3, unit: 'working_days' })).toBe('3 个工作日')
  })

  test('a version nobody added came with the program, in whatever words it says so', async () => {
    expect(noteOf({ note: 'comes along' })).toBe('随程序提供')
    const added_at = '2026-11-27T04:00:00Z'
    expect(noteOf({ note: '随程序提供', added_at })).toBe('随程序提供')
    await setLocale('en')
    expect(noteOf({ note: '随程序提供' })).toBe('Comes with the program')
    expect(noteOf({ note: '市里新规定', added_at })).toBe('市里新规定')
    await setLocale('zh-CN')
  })
})
