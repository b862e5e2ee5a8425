import { describe, expect, it } from 'vitest'
import { listOf, placeOf } from './question'

const period = { from: '2026-11-01', to: '2026-11-27' }
const asked = { where: '蒲城县', place: { division: '610526' }, period }

describe('behind a number', () => {
  it('stand the tickets it counts, where and when it counts them', () => {
    expect(listOf({ ...asked, metric: 'accepted' })).toEqual({ division: '610526', ...period })
    expect(listOf({ ...asked, metric: 'overdue' })).toMatchObject({
      division: '610526',
      overdue: true,
    })
    expect(listOf({ ...asked, metric: 'open' })?.state).not.toContain('closed')
  })

  it('stand the cases of the rate, which are no list of tickets', () => {
    expect(listOf({ ...asked, metric: 'on_time_rate' })).toBeUndefined()
  })

  it('of the centre and of what has no district nothing can be listed', () => {
    expect(placeOf('unit', '0')).toBeUndefined()
    expect(placeOf('unit', '17')).toEqual({ unit_id: 17 })
    expect(placeOf('division', '')).toBeUndefined()
    expect(placeOf('division', '610526')).toEqual({ division: '610526' })
    expect(placeOf('day', '2026-11-01')).toEqual({})
  })
})
