import type { Limit } from '../clock/countdown'
import type { WorkCalendar } from '../clock/working-time'
import type { Clock, Reference, TicketSummary } from './types'

/** The server's calendar; without one, countdowns run in natural time, which is never wrong. */
export function workCalendar(reference: Reference | undefined): WorkCalendar | undefined {
  const calendar = reference?.work_calendar
  if (!calendar) return undefined
  const hours = calendar.hours.flatMap(([from, to]) =>
    from === undefined || to === undefined ? [] : [[from, to] as const],
  )
  return hours.length > 0 ? { hours, exceptions: calendar.exceptions } : undefined
}

/** Working time is only shown for a limit that is counted in it. */
export function calendarFor(
  unit: Clock['unit'],
  calendar: WorkCalendar | undefined,
): WorkCalendar | undefined {
  return unit === 'working' ? calendar : undefined
}

export function limitOfClock(clock: Clock): Limit {
  return {
    due: Date.parse(clock.due_at),
    start: Date.parse(clock.started_at),
    yellowAt: clock.warn_at === undefined ? undefined : Date.parse(clock.warn_at),
    stopped: clock.state === 'stopped' || clock.state === 'cancelled',
    paused: clock.state === 'paused',
  }
}

/** The nearest clock of a list row; undefined when nothing runs. */
export function limitOfSummary(ticket: TicketSummary): Limit | undefined {
  if (ticket.next_due_at === undefined) return undefined
  return { due: Date.parse(ticket.next_due_at), start: Date.parse(ticket.accepted_at) }
}

/** Clocks worth showing: those that run or ran out, the nearest first. */
export function openClocks(clocks: readonly Clock[]): Clock[] {
  return clocks
    .filter((clock) => clock.state === 'running' || (clock.state === 'fired' && !clock.stopped_at))
    .sort((a, b) => Date.parse(a.due_at) - Date.parse(b.due_at))
}
