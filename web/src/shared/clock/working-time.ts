/**
 * Working time between two instants. China keeps one offset all year (UTC+8), so a civil day is a
 * fixed shift and no time-zone data is needed. Half-open intervals: the last minute is not work.
 */
export interface WorkCalendar {
  /** Minutes of the local day, ascending, e.g. [[540, 720], [840, 1080]]. */
  hours: readonly (readonly [from: number, to: number])[]
  /** Days that differ from "Monday to Friday": `true` works (make-up day), `false` is off. */
  exceptions: Readonly<Record<string, boolean>>
}

export const officeHours: WorkCalendar = {
  hours: [
    [9 * 60, 12 * 60],
    [14 * 60, 18 * 60],
  ],
  exceptions: {},
}

const minute = 60_000
const day = 24 * 60 * minute
const zone = 8 * 60 * minute

/** Start of the local day an instant falls in, as an instant. */
export function dayStart(at: number): number {
  return Math.floor((at + zone) / day) * day - zone
}

/** 2026-11-23 */
export function localDate(at: number): string {
  return new Date(at + zone).toISOString().slice(0, 10)
}

export function isWorkingDay(at: number, calendar: WorkCalendar): boolean {
  const exception = calendar.exceptions[localDate(at)]
  if (exception !== undefined) return exception
  const weekday = new Date(at + zone).getUTCDay()
  return weekday >= 1 && weekday <= 5
}

export function isWorkingTime(at: number, calendar: WorkCalendar): boolean {
  const minutes = (at - dayStart(at)) / minute
  return (
    isWorkingDay(at, calendar) &&
    calendar.hours.some(([from, to]) => minutes >= from && minutes < to)
  )
}

/** Working milliseconds in one working day of the calendar. */
export function workingDayLength(calendar: WorkCalendar): number {
  return calendar.hours.reduce((sum, [from, to]) => sum + (to - from), 0) * minute
}

/** Working milliseconds from `from` to `to`; negative when `to` is earlier. */
export function workingBetween(from: number, to: number, calendar: WorkCalendar): number {
  if (to < from) return -workingBetween(to, from, calendar)
  let sum = 0
  for (let start = dayStart(from); start < to; start += day) {
    if (!isWorkingDay(start, calendar)) continue
    for (const [opens, closes] of calendar.hours) {
      const begin = Math.max(from, start + opens * minute)
      const end = Math.min(to, start + closes * minute)
      if (end > begin) sum += end - begin
    }
  }
  return sum
}
