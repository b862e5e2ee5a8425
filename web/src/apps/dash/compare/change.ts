import { leastSample, lowIsGood, type RateCounts } from '../state/figures'

export type Direction = 'up' | 'down' | 'same'

/** How a rate moved: percentage points to a tenth, as the rates themselves are rounded. */
export interface Change {
  points: number
  direction: Direction
  /** Whether that is good; a rate of what should not happen is better when it falls. */
  good: boolean | undefined
  /** One of the two rests on few cases: it may be chance. */
  small: boolean
}

/** Nothing where one of the two has no cases. */
export function changeOf(
  now: RateCounts | undefined,
  then: RateCounts | undefined,
): Change | undefined {
  if (now?.percent === undefined || then?.percent === undefined) return undefined
  const points = Math.round((now.percent - then.percent) * 10) / 10
  const direction = points > 0 ? 'up' : points < 0 ? 'down' : 'same'
  return {
    points: Math.abs(points),
    direction,
    good: direction === 'same' ? undefined : (direction === 'up') !== lowIsGood.has(now.code),
    small: now.denominator < leastSample || then.denominator < leastSample,
  }
}
