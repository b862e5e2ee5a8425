import { describe, expect, it } from 'vitest'
import type { Group } from '../state/figures'
import { ranking, topTopics } from './ranking'

const unit = (key: string, numerator: number, denominator: number): Group => ({
  key,
  name: `单位${key}`,
  rates: [
    {
      code: 'on_time_rate',
      definition_version: 1,
      numerator,
      denominator,
      ...(denominator > 0 ? { percent: Math.round((1000 * numerator) / denominator) / 10 } : {}),
    },
  ],
})

describe('the ranking of a bulletin', () => {
  const { ranked, small } = ranking(
    [
      unit('0', 50, 50),
      unit('1', 9, 10),
      unit('2', 20, 20),
      unit('3', 18, 20),
      unit('4', 0, 9),
      unit('5', 0, 0),
      unit('6', 10, 20),
    ],
    'on_time_rate',
  )

  it('goes by the rate, equals share a rank and the next one is left out', () => {
    expect(ranked.map(({ rank, group }) => [rank, group.key])).toEqual([
      [1, '2'],
      [2, '3'],
      [2, '1'],
      [4, '6'],
    ])
  })

  it('names nobody for few cases, lists them, and leaves out who had none, and the centre', () => {
    expect(small.map(({ group }) => group.key)).toEqual(['4'])
  })
})

it('topics are told with their share of all appeals, the most first', () => {
  const topic = (key: string, accepted: number): Group => ({ key, name: key, accepted, rates: [] })
  expect(topTopics([topic('a', 1), topic('b', 3), topic('c', 0)], 5)).toEqual([
    { name: 'b', accepted: 3, share: 75 },
    { name: 'a', accepted: 1, share: 25 },
  ])
  expect(topTopics([], 5)).toEqual([])
})
