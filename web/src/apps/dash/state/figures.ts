import type { components } from '@/shared/api/schema'

type Schemas = components['schemas']
export type Kpi = Schemas['Kpi']
export type Rate = Schemas['Rate']
/** A line of a table has the counts alone: what they mean stands once, with the whole. */
export type RateCounts = Schemas['RateCounts']
export type RateCode = RateCounts['code']
export type Group = NonNullable<Kpi['groups']>[number]

/** Below it a rate says little: one late ticket of seven is the bottom of the table. */
export const leastSample = 10

/** Of a long table, until all of it is asked for. */
export const firstRows = 50

/** Rates on the board, in this order. */
export const shownRates: readonly RateCode[] = [
  'closing_rate',
  'on_time_rate',
  'satisfaction_rate',
  'satisfaction_rate_adjusted',
  'solved_rate',
  'on_time_sign_rate',
  'first_contact_rate',
  'return_rate',
]

export const lowIsGood: ReadonlySet<RateCode> = new Set<RateCode>([
  'return_rate',
  'refused_return_rate',
  'redo_rate',
  'overdue_rate',
  'extension_rate',
  'suspended_rate',
  'repeat_rate',
  'supervised_rate',
])

export type Level = 'none' | 'small' | 'met' | 'near' | 'missed' | 'plain'

/** How far from its target a rate is; five points are "near". */
export function levelOf(rate: RateCounts | undefined): Level {
  if (!rate || rate.percent === undefined) return 'none'
  if (rate.denominator < leastSample) return 'small'
  if (rate.target === undefined) return 'plain'
  const missing = lowIsGood.has(rate.code) ? rate.percent - rate.target : rate.target - rate.percent
  return missing <= 0 ? 'met' : missing <= 5 ? 'near' : 'missed'
}

export const rateOf = <R extends RateCounts>(rates: readonly R[], code: RateCode): R | undefined =>
  rates.find((rate) => rate.code === code)

export const metrics = [
  'accepted',
  'open',
  'overdue',
  'on_time_rate',
  'closing_rate',
  'satisfaction_rate',
  'satisfaction_rate_adjusted',
  'solved_rate',
] as const
export type Metric = (typeof metrics)[number]

export const isCount = (metric: Metric): metric is 'accepted' | 'open' | 'overdue' =>
  metric === 'accepted' || metric === 'open' || metric === 'overdue'

/** Percent or count; undefined where there is nothing to divide by. */
export function valueOf(group: Group, metric: Metric): number | undefined {
  return isCount(metric) ? (group[metric] ?? 0) : rateOf(group.rates, metric)?.percent
}

/** Shade of a map tile, 0 (none) to 4 (most); the number itself stands in the tile. */
export function shadeOf(value: number, most: number): 0 | 1 | 2 | 3 | 4 {
  if (value <= 0 || most <= 0) return 0
  return Math.min(4, Math.ceil((value / most) * 4)) as 1 | 2 | 3 | 4
}

/** The class that colours a tile: a shade for counts, the distance to the target for rates. */
export function tileClass(group: Group | undefined, metric: Metric, most: number): string {
  if (!group) return 'tile--none'
  if (isCount(metric)) return `tile--shade-${shadeOf(group[metric] ?? 0, most)}`
  return `tile--${levelOf(rateOf(group.rates, metric))}`
}

export interface GroupSort {
  metric: Metric | 'name'
  descending: boolean
}

/** Groups by a column. What has no rate, or one of too few cases, is listed but not ranked. */
export function sorted(groups: readonly Group[], { metric, descending }: GroupSort): Group[] {
  const turn = descending ? -1 : 1
  const ranked = (group: Group): boolean => {
    if (metric === 'name' || isCount(metric)) return true
    const level = levelOf(rateOf(group.rates, metric))
    return level !== 'none' && level !== 'small'
  }
  return [...groups].sort((a, b) => {
    if (metric === 'name') return a.name.localeCompare(b.name, 'zh-CN') * turn
    if (ranked(a) !== ranked(b)) return ranked(a) ? -1 : 1
    const difference = (valueOf(a, metric) ?? 0) - (valueOf(b, metric) ?? 0)
    return difference * turn || a.key.localeCompare(b.key)
  })
}
