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
  if (unit === 'working_days') return p('amount.working_days', { n: amount })
  const hours = amount % 60 === 0
  const n = hours ? amount / 60 : amount
  if (unit === 'working_minutes') {
    return hours ? p('amount.working_hours', { n }) : p('amount.working_minutes', { n })
  }
  return hours ? p('amount.natural_hours', { n }) : p('amount.natural_minutes', { n })
}

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

export interface CalendarDay {
  /** 2026-02-17 */
  date: string
  day: number
  /** 0 Monday … 6 Sunday */
  weekday: number
  works: boolean
  /** A day off on a weekday, or a weekend day that is worked. */
  exception: boolean
}

/** The months of a year, each with its days. `exceptions`: date → whether it is worked. */
export function monthsOf(
  year: number,
  exceptions: Readonly<Record<string, boolean>>,
): readonly (readonly CalendarDay[])[] {
  return Array.from({ length: 12 }, (_, month) => {
    const count = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
    return Array.from({ length: count }, (__, index) => {
      const at = new Date(Date.UTC(year, month, index + 1))
      const date = at.toISOString().slice(0, 10)
      const weekday = (at.getUTCDay() + 6) % 7
      const works = exceptions[date] ?? weekday < 5
      return { date, day: index + 1, weekday, works, exception: works !== weekday < 5 }
    })
  })
}

export const workdaysOf = (months: readonly (readonly CalendarDay[])[]): number =>
  months.flat().filter((day) => day.works).length
