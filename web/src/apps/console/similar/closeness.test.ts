import { describe, expect, it } from 'vitest'
import { emptyDraft } from '../state/draft'
import { closenessOf, parted, questionOf, type SimilarTicket } from './closeness'

const draft = (over: Partial<ReturnType<typeof emptyDraft>>) => ({ ...emptyDraft(), ...over })

describe('how close two appeals are', () => {
  it.each([
    [0.8, 0.9, 'same'],
    [0.2, 0.95, 'same'],
    [0.35, 0.5, 'close'],
    [0.2, 0.35, 'partly'],
    [0.05, 0.1, 'topic'],
  ] as const)('is told in words: %f, %f', (likeness, contained, expected) => {
    expect(closenessOf({ likeness, contained })).toBe(expected)
  })
})

describe('what is asked while somebody types', () => {
  it('is nothing before the text says something', () => {
    expect(questionOf(draft({ content: '停电了' }))).toBeUndefined()
    expect(questionOf(draft({ content: '        停电了        ' }))).toBeUndefined()
  })

  it('is the text and whose it is, as the form will send them', () => {
    const content = '车间突然停电，请抢修'
    expect(questionOf(draft({ content }))).toEqual({ content, phone: '' })
    const whole = draft({
      content,
      title: '停电',
      topic: '用电',
      enterpriseId: '17',
      phone: '139 9130 0001',
    })
    expect(questionOf(whole)).toEqual({
      content,
      title: '停电',
      topic: '用电',
      enterprise_id: 17,
      phone: '13991300001',
    })
  })
})

it('repeats of the same party stand apart from what others say', () => {
  const one = { duplicate: true } as SimilarTicket
  const two = { duplicate: false } as SimilarTicket
  expect(parted([one, two])).toEqual({ repeats: [one], others: [two] })
})
