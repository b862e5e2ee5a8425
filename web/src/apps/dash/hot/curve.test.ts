import { expect, it } from 'vitest'
import { barsOf } from './curve'

it('the highest day fills the scale, and no appeal is invisible', () => {
  const bars = barsOf(
    [
      { day: '2026-11-20', appeals: 0 },
      { day: '2026-11-21', appeals: 1 },
      { day: '2026-11-22', appeals: 50 },
      { day: '2026-11-23', appeals: 100 },
    ],
    24,
  )
  expect(bars.map(({ height }) => height)).toEqual([0, 1, 12, 24])
  expect(bars.map(({ appeals }) => appeals)).toEqual([0, 1, 50, 100])
})

it('a week without appeals is flat', () => {
  expect(barsOf([{ day: '2026-11-20', appeals: 0 }], 24)[0]?.height).toBe(0)
})
