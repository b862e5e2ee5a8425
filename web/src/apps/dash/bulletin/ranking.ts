import { leastSample, rateOf, type Group, type RateCode, type RateCounts } from '../state/figures'

export interface Ranked {
  rank: number
  group: Group
  rate: RateCounts
}

/**
 * Units by a rate, the best first, equals on one rank. Those with few cases are listed and not
 * ranked, those with none not named at all. The centre is no unit among units.
 */
export function ranking(groups: readonly Group[], code: RateCode) {
  const known = groups.flatMap((group) => {
    const rate = rateOf(group.rates, code)
    return rate && rate.denominator > 0 && group.key !== '0' ? [{ group, rate }] : []
  })
  const percent = ({ rate }: { rate: RateCounts }): number => rate.percent ?? 0
  const sorted = known
    .filter(({ rate }) => rate.denominator >= leastSample)
    .sort((a, b) => percent(b) - percent(a) || b.rate.denominator - a.rate.denominator)
  const ranked: Ranked[] = sorted.map((one) => ({
    ...one,
    rank: 1 + sorted.filter((other) => percent(other) > percent(one)).length,
  }))
  return { ranked, small: known.filter(({ rate }) => rate.denominator < leastSample) }
}

export interface TopicLine {
  name: string
  accepted: number
  /** Of all accepted, in percent. */
  share: number
}

/** The topics with the most appeals; those without any are left out. */
export function topTopics(groups: readonly Group[], n: number): TopicLine[] {
  const all = groups.reduce((sum, { accepted }) => sum + (accepted ?? 0), 0)
  return groups
    .map(({ name, accepted = 0 }) => ({
      name,
      accepted,
      share: all > 0 ? (100 * accepted) / all : 0,
    }))
    .filter(({ accepted }) => accepted > 0)
    .sort((a, b) => b.accepted - a.accepted || a.name.localeCompare(b.name, 'zh-CN'))
    .slice(0, n)
}
