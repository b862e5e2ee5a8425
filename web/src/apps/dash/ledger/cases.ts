import type { components } from '@/shared/api/schema'
import type { Rate, RateCode } from '../state/figures'

type Schemas = components['schemas']
export type Cases = Schemas['KpiTickets']
export type Case = Cases['items'][number]
export type Scores = Schemas['Scores']
export type UnitScore = Scores['units'][number]
export type Minutes = Schemas['KpiMinutes']
export type Frozen = Schemas['FrozenPeriod']

export const sides = ['missing', 'numerator', 'denominator', 'excluded'] as const
export type Side = (typeof sides)[number]

/** How many cases a side has by the rate's own counts. */
export function countOf(rate: Rate, side: Side): number {
  switch (side) {
    case 'numerator':
      return rate.numerator
    case 'denominator':
      return rate.denominator
    case 'missing':
      return rate.denominator - rate.numerator
    case 'excluded':
      return rate.excluded.reduce((sum, { count }) => sum + count, 0)
  }
}

export const percentOf = (rate: { percent?: number }): string =>
  rate.percent === undefined ? '—' : `${rate.percent.toFixed(1)}%`

const pair: Partial<Record<RateCode, RateCode>> = {
  satisfaction_rate: 'satisfaction_rate_adjusted',
  satisfaction_rate_adjusted: 'satisfaction_rate',
}

/** Raw and adjusted satisfaction always stand together: the two of them, raw first, or nothing. */
export function satisfactionPair(
  rate: Rate,
  all: readonly Rate[],
): readonly [raw: Rate, adjusted: Rate] | undefined {
  const other = all.find(({ code }) => code === pair[rate.code])
  if (!other) return undefined
  return rate.code === 'satisfaction_rate' ? [rate, other] : [other, rate]
}

/** Lines of the minute ledger with hours and share, the largest first. */
export function shares(minutes: Minutes) {
  const whole = minutes.lines.reduce((sum, line) => sum + line.minutes, 0)
  return [...minutes.lines]
    .sort((a, b) => b.minutes - a.minutes)
    .map((line) => ({
      ...line,
      key: `${line.party}-${line.unit_id ?? 0}`,
      // What is more than nothing is not told as nothing.
      hours: line.minutes > 0 && line.minutes < 3 ? '< 0.1' : (line.minutes / 60).toFixed(1),
      percent: whole > 0 ? (100 * line.minutes) / whole : 0,
    }))
}
