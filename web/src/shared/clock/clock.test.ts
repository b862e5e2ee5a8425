import { describe, expect, it } from 'vitest'
import { clockFace, countdown, spoken } from './countdown'
import { ServerClock } from './server-clock'
import { isWorkingTime, officeHours, workingBetween, type WorkCalendar } from './working-time'

const at = (local: string) => Date.parse(`${local}+08:00`)
const hour = 3_600_000

describe('working time', () => {
  it('counts office hours only, without the lunch break', () => {
    expect(workingBetween(at('2026-11-23T11:00:00'), at('2026-11-23T15:00:00'), officeHours)).toBe(
      2 * hour,
    )
  })

  it('skips the weekend', () => {
    expect(workingBetween(at('2026-11-20T17:00:00'), at('2026-11-23T10:00:00'), officeHours)).toBe(
      2 * hour,
    )
  })

  it('works on a make-up day and rests on a holiday', () => {
    const calendar: WorkCalendar = {
      ...officeHours,
      exceptions: { '2026-02-14': true, '2026-02-16': false },
    }
    expect(workingBetween(at('2026-02-13T18:00:00'), at('2026-02-16T18:00:00'), calendar)).toBe(
      7 * hour,
    )
    expect(isWorkingTime(at('2026-02-14T09:00:00'), calendar)).toBe(true)
    expect(isWorkingTime(at('2026-02-16T09:00:00'), calendar)).toBe(false)
  })

  it('is negative when the end lies before the start', () => {
    expect(workingBetween(at('2026-11-23T10:00:00'), at('2026-11-23T09:00:00'), officeHours)).toBe(
      -hour,
    )
  })

  it('closing time itself is rest', () => {
    expect(isWorkingTime(at('2026-11-23T17:59:59'), officeHours)).toBe(true)
    expect(isWorkingTime(at('2026-11-23T18:00:00'), officeHours)).toBe(false)
  })
})

describe('countdown', () => {
  const due = at('2026-11-24T10:00:00')

  it('14: counts what is left in working time when the limit is counted so', () => {
    const count = countdown({ due }, at('2026-11-23T17:00:00'), officeHours)
    expect(count).toEqual({ nearness: 'calm', amount: 2 * hour, working: true, resting: false })
  })

  it('says that working time rests at night', () => {
    expect(countdown({ due }, at('2026-11-23T22:00:00'), officeHours).resting).toBe(true)
  })

  it('turns near at the warning the server gave', () => {
    const limit = { due, yellowAt: at('2026-11-24T09:00:00') }
    expect(countdown(limit, at('2026-11-24T08:59:59')).nearness).toBe('calm')
    expect(countdown(limit, at('2026-11-24T09:00:00')).nearness).toBe('near')
  })

  it('turns near in the last fifth when no warning is given', () => {
    const limit = { due, start: due - 10 * hour }
    expect(countdown(limit, due - 2 * hour - 1).nearness).toBe('calm')
    expect(countdown(limit, due - 2 * hour).nearness).toBe('near')
  })

  it('14: is over at the due instant, in natural time', () => {
    expect(countdown({ due }, due, officeHours)).toMatchObject({ nearness: 'over', amount: 0 })
    expect(countdown({ due }, due + 30 * hour, officeHours)).toMatchObject({
      nearness: 'over',
      amount: 30 * hour,
      working: false,
    })
  })

  it('speaks of working days of seven hours', () => {
    const count = countdown(
      { due: at('2026-11-26T18:00:00') },
      at('2026-11-23T16:00:00'),
      officeHours,
    )
    expect(spoken(count, officeHours)).toMatchObject({ form: 'workdays', days: 3, hours: 2 })
  })

  it('14: shows hh:mm:ss below a day and while overdue', () => {
    expect(clockFace(25 * hour + 61_000)).toBe('25:01:01')
    expect(spoken(countdown({ due }, due - hour)).form).toBe('clock')
    expect(spoken(countdown({ due }, due + 47 * hour)).form).toBe('clock')
    expect(spoken(countdown({ due }, due + 48 * hour)).form).toBe('days')
  })

  it('is stopped when the clock was stopped in time', () => {
    expect(countdown({ due, stopped: true }, due + hour).nearness).toBe('stopped')
  })
})

describe('server clock', () => {
  it('14: takes the offset from the quickest answer', () => {
    const clock = new ServerClock(() => 10_000)
    clock.observe(70_000, 1_000, 9_000) // slow: the error may be four seconds
    clock.observe(68_050, 8_000, 8_100)
    expect(clock.now()).toBe(70_000)
  })

  it('forgets old samples, so that a clock set anew is followed', () => {
    const clock = new ServerClock(() => 2_000_000)
    clock.observe(500, 0, 10)
    clock.observe(2_500_100, 2_000_000, 2_000_200)
    expect(clock.now()).toBe(2_500_000)
  })

  it('14: stays within a second of the server on a bad line, with a bad clock that is set anew', () => {
    let state = 14
    const chance = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state / 4_294_967_296
    }
    let time = 1_000_000
    let setBy = -4_000_000
    // A hundred parts in a million too fast.
    const local = () => time * 1.0001 + setBy
    const clock = new ServerClock(local)
    for (let answer = 0; answer < 5_000; answer++) {
      time += chance() * 60_000
      if (answer % 500 === 250) setBy += (chance() - 0.5) * 7_200_000
      const askedAt = local()
      time += chance() * 900
      const serverTime = time
      time += chance() * 900
      clock.observe(serverTime, askedAt, local())
      expect(Math.abs(clock.now() - time)).toBeLessThan(1000)
    }
  })

  it('ignores what is not a time', () => {
    const clock = new ServerClock(() => 5)
    clock.observe(Number.NaN, 0, 1)
    expect(clock.now()).toBe(5)
  })
})
