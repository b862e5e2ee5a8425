import type { components } from '@/shared/api/schema'

type Schemas = components['schemas']
export type Board = Schemas['PhoneBoard']
export type Tally = Schemas['PhoneTally']
export type Waiting = Board['waiting'][number]
export type Share = Board['shares'][number]
export type Plan = Schemas['StaffingPlan']
export type HalfHour = Plan['half_hours'][number]
export type Staffing = Schemas['Staffing']

/** 95.1 → 95.1 %, and a dash for what has no denominator. */
export const percentOf = (value: number | undefined): string =>
  value === undefined ? '—' : `${value.toFixed(1)}%`

export const shareOf = (board: Board, userId: number): Share | undefined =>
  board.shares.find(({ user_id }) => user_id === userId)

/** Both curves on one scale: from nothing to the largest of either, 0 to 1. */
export function curves(half_hours: readonly HalfHour[]): { expected: number[]; came: number[] } {
  const expected = half_hours.map((one) => one.expected)
  const came = half_hours.map((one) => one.came?.asked ?? 0)
  const most = Math.max(1, ...expected, ...came)
  return { expected: expected.map((n) => n / most), came: came.map((n) => n / most) }
}

/** An SVG path through points one step apart, in a box of 1 step × 100. */
export const pathOf = (heights: readonly number[]): string =>
  heights.map((h, i) => `${i === 0 ? 'M' : 'L'}${i} ${(100 - h * 100).toFixed(1)}`).join('')
