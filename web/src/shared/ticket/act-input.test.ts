import { describe, expect, it } from 'vitest'
import { actFaults, toActInput, toLocalMoment } from './act-input'
import { actSpecs, askedFields } from './act-spec'
import { choiceText, fieldText } from './acts'

describe('what an act asks for', () => {
  it('has a word for every field and choice', () => {
    for (const specs of Object.values(actSpecs))
      for (const field of specs) {
        expect(fieldText(field.name)).not.toBe(field.name)
        for (const code of field.codes ?? [])
          expect(choiceText(field.group ?? '', code)).not.toBe(code)
      }
  })

  it('asks for the survey only when somebody was reached, and for a judgement only if discontent', () => {
    const names = (values: Parameters<typeof askedFields>[1]) =>
      askedFields('callback', values).map((field) => field.name)
    expect(names({ reached: 'false' })).toEqual(['reached', 'reason'])
    expect(names({ reached: 'true', satisfaction: 'satisfied' })).toEqual([
      'reached',
      'solved',
      'satisfaction',
      'reason',
    ])
    expect(names({ reached: 'true', satisfaction: 'dissatisfied' })).toContain('reasonable')
  })

  it('finds what is missing, too short, too long and badly written', () => {
    expect(actFaults('return_ticket', { basis: 'x' })).toEqual([
      ['reason_code', 'missing'],
      ['basis', 'short'],
    ])
    expect(actFaults('note', { reason: '记'.repeat(1001) })).toEqual([['reason', 'long']])
    expect(actFaults('ask_extension', { extension_days: '16', reason: '等检测报告' })).toEqual([
      ['extension_days', 'format'],
    ])
    expect(actFaults('merge', { parent_ticket_no: 'WN1' })).toEqual([
      ['parent_ticket_no', 'format'],
    ])
    expect(actFaults('sign_for', {})).toEqual([])
  })

  it('wants at least one thing put right', () => {
    expect(actFaults('regrade', { reason: '更正' })).toEqual([['type', 'nothing']])
    expect(actFaults('regrade', { topic: '用电' })).toEqual([])
  })
})

describe('what is sent', () => {
  it('has the types of the contract and only what was answered', () => {
    expect(
      toActInput('callback', {
        reached: 'true',
        solved: 'no',
        satisfaction: 'dissatisfied',
        reasonable: 'false',
        reason: ' ',
      }),
    ).toEqual({ reached: true, solved: 'no', satisfaction: 'dissatisfied', reasonable: false })
    expect(toActInput('dispatch', { unit_id: '12', official_id: '' })).toEqual({ unit_id: 12 })
  })

  it('drops answers to questions that no longer stand', () => {
    expect(toActInput('callback', { reached: 'false', solved: 'yes' })).toEqual({ reached: false })
  })

  it('takes times in the hotline’s own zone', () => {
    const at = Date.parse('2026-11-23T06:05:00Z')
    expect(toLocalMoment(at)).toBe('2026-11-23T14:05')
    expect(
      toActInput('submit_result', { outcome: 'solved', told_at: toLocalMoment(at) }).told_at,
    ).toBe('2026-11-23T06:05:00Z')
  })
})
