import { isWorkingTime, workingBetween, workingDayLength, type WorkCalendar } from './working-time'

/** How near the end is. `near` is the yellow card, `over` the red one. */
export type Nearness = 'calm' | 'near' | 'over' | 'stopped' | 'paused'

export interface Countdown {
  nearness: Nearness
  /** Milliseconds left (or over), in the time the limit is counted in. */
  amount: number
  /** Counted in working time? */
  working: boolean
  /** Working time does not run right now (night, rest day). */
  resting: boolean
}

export interface Limit {
  due: number
  /** From here on a warning is due; without it, the last fifth of the way from `start`. */
  yellowAt?: number | undefined
  start?: number | undefined
  /** Ended: nothing runs any more. */
  stopped?: boolean | undefined
  /** Parked: it goes on when the ticket does, and ends later then. */
  paused?: boolean | undefined
}

/** With a calendar what is left is counted in working time; what is over always in natural time. */
export function countdown(limit: Limit, now: number, calendar?: WorkCalendar): Countdown {
  if (limit.stopped) return { nearness: 'stopped', amount: 0, working: false, resting: false }
  if (limit.paused) return { nearness: 'paused', amount: 0, working: false, resting: false }
  if (now >= limit.due)
    return { nearness: 'over', amount: now - limit.due, working: false, resting: false }
  const yellow =
    limit.yellowAt ??
    (limit.start === undefined ? limit.due : limit.due - (limit.due - limit.start) / 5)
  return {
    nearness: now >= yellow ? 'near' : 'calm',
    amount: calendar ? workingBetween(now, limit.due, calendar) : limit.due - now,
    working: calendar !== undefined,
    resting: calendar !== undefined && !isWorkingTime(now, calendar),
  }
}

export interface Spoken {
  /** `clock` for less than a day, else days and hours. */
  form: 'clock' | 'days' | 'workdays'
  clock: string
  days: number
  hours: number
}

const hour = 3_600_000

/** hh:mm:ss, hours may pass 99. */
export function clockFace(amount: number): string {
  const seconds = Math.floor(amount / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

export function spoken(count: Countdown, calendar?: WorkCalendar): Spoken {
  const perDay = count.working && calendar ? workingDayLength(calendar) : 24 * hour
  const clock = clockFace(count.amount)
  // Overdue keeps the clock for two days: the seconds running say that it is running.
  const spellOut = count.nearness === 'over' ? count.amount >= 48 * hour : count.amount >= perDay
  return {
    form: spellOut ? (count.working ? 'workdays' : 'days') : 'clock',
    clock,
    days: Math.floor(count.amount / perDay),
    hours: Math.floor((count.amount % perDay) / hour),
  }
}
