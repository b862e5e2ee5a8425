import type { components } from '@/shared/api/schema'
import { labelOf } from '@/shared/ticket/labels'
import { p } from '../texts/policy'

type Schemas = components['schemas']
export type Limit = Schemas['Limit']
export type PolicyRules = Schemas['PolicyRules']
export type RecomputeEffect = Schemas['RecomputeEffect']
export type RecomputeJob = Schemas['RecomputeJob']
export type PolicyVersion = Schemas['PolicyVersion']
export type PolicyPreview = Schemas['PolicyPreview']
export type CalendarPreview = Schemas['CalendarPreview']

/** 5 个工作日 · 2 小时: whole hours are told as hours. */
export function limitText({ amount, unit }: Limit): string {
  if (unit === 'working_days') return workingDays(amount)
  const hours = amount % 60 === 0
  const kind = unit === 'working_minutes' ? 'working' : 'natural'
  return p(`amount.${kind}_${hours ? 'hours' : 'minutes'}`, { n: hours ? amount / 60 : amount })
}

export const workingDays = (n: number): string => p('amount.working_days', { n })

interface Warned {
  limit?: Limit
  warn_percent?: number
  warn_days?: number
}

/** When a limit warns. Days before it are counted only by limits of two working days and more (sla). */
export function warningText({ limit, warn_percent: percent, warn_days: days = 0 }: Warned): string {
  if (percent === undefined) return ''
  const byDays = limit?.unit === 'working_days' && limit.amount > 1 && days > 0
  return byDays
    ? p('warningText', { percent, days: workingDays(days) })
    : p('warningShare', { percent })
}

/** What nobody has added came with the program, which wrote its note in one language. */
export const noteOf = ({ note, added_at }: Pick<PolicyVersion, 'note' | 'added_at'>): string =>
  added_at === undefined ? p('builtIn') : note

interface Whom {
  urgency?: string
  complexity?: string
  type?: string
  unit_name?: string
  unit_code?: string
}

/** Which tickets a line of the policy is for. */
export function whomText(row: Whom): string {
  const words = [
    row.urgency && labelOf('urgency', row.urgency),
    row.complexity && labelOf('complexity', row.complexity),
    row.type && labelOf('type', row.type),
  ].filter(Boolean)
  const unit = row.unit_name ?? row.unit_code
  if (unit) words.push(p('onlyUnit', { unit }))
  return words.length > 0 ? words.join(' · ') : p('everything')
}

/** 17:00 of minutes since midnight. */
export function timeOfDay(minutes: number): string {
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** A change of date is told once it is no longer what the editor shows. */
export const changesAnything = (effect: RecomputeEffect): boolean =>
  effect.earlier + effect.later + effect.settled + effect.stayed > 0

/** A day a version of the calendar rules. */
export type RuledDay = Schemas['CalendarDay']
/** Unlike Monday to Friday: 2026-02-17 → off or worked, and the feast. */
export type Exceptions = Readonly<Record<string, { works: boolean; name: string }>>

export const exceptionsOf = (days: readonly RuledDay[]): Exceptions =>
  Object.fromEntries(days.map(({ date, off, name }) => [date, { works: !off, name }]))

/** The calendar as it would be with a file that was looked at and not put in force. */
export function withChanges(now: Exceptions, changes: CalendarPreview['changes']): Exceptions {
  const then = new Map(Object.entries(now))
  for (const { kind, date, off, name } of changes) {
    if (kind === 'removed') then.delete(date)
    else then.set(date, { works: !off, name })
  }
  return Object.fromEntries(then)
}

/** What a day is: the shapes of the year view follow it. */
export type DayKind = 'work' | 'weekend' | 'holiday' | 'makeUp'

export interface CalendarDay {
  /** 2026-02-17 */
  date: string
  day: number
  /** 0 Monday … 6 Sunday */
  weekday: number
  works: boolean
  kind: DayKind
  /** The feast it belongs to, in Chinese, as the notice calls it; '' for an ordinary day. */
  name: string
}

function kindOf(weekend: boolean, works: boolean, ruled: boolean): DayKind {
  if (works) return weekend ? 'makeUp' : 'work'
  return ruled || !weekend ? 'holiday' : 'weekend'
}

/** The months of a year, each with its days. */
export function monthsOf(
  year: number,
  exceptions: Exceptions,
): readonly (readonly CalendarDay[])[] {
  return Array.from({ length: 12 }, (_, month) => {
    const count = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
    return Array.from({ length: count }, (__, index) => {
      const at = new Date(Date.UTC(year, month, index + 1))
      const date = at.toISOString().slice(0, 10)
      const weekday = (at.getUTCDay() + 6) % 7
      const weekend = weekday > 4
      const ruled = exceptions[date]
      const works = ruled?.works ?? !weekend
      const kind = kindOf(weekend, works, ruled !== undefined)
      return { date, day: index + 1, weekday, works, kind, name: ruled?.name ?? '' }
    })
  })
}

export const workdaysOf = (days: readonly CalendarDay[]): number =>
  days.filter(({ works }) => works).length

/** A feast's days and the days worked in exchange: 春节 2月15日至23日, 上班 14日、28日. */
export interface Feast {
  name: string
  off: readonly string[]
  worked: readonly string[]
}

export function feastsOf(months: readonly (readonly CalendarDay[])[]): readonly Feast[] {
  const feasts = new Map<string, { off: string[]; worked: string[] }>()
  for (const { name, date, works } of months.flat()) {
    if (name === '') continue
    const feast = feasts.get(name) ?? { off: [], worked: [] }
    ;(works ? feast.worked : feast.off).push(date)
    feasts.set(name, feast)
  }
  return [...feasts].map(([name, days]) => ({ name, ...days }))
}

/** Days that follow each other are told as one span: first and last. */
export function spansOf(dates: readonly string[]): readonly (readonly [string, string])[] {
  const spans: [string, string][] = []
  const oneDay = 86_400_000
  for (const date of dates) {
    const last = spans.at(-1)
    if (last && Date.parse(date) - Date.parse(last[1]) === oneDay) last[1] = date
    else spans.push([date, date])
  }
  return spans
}
