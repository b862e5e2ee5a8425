import { describe, expect, it, vi } from 'vitest'
import type { Result } from '@/shared/api/client'
import { emptyDraft, faults, isUntouched, reviveDraft, toInput, type Draft } from './draft'
import { errorsOf, errorsOfProblem } from './form-errors'
import { pageOf } from './hash-route'
import { lookUpFaults, tidyTicketNo, wantsReason } from './progress'
import { attemptFor, becomesTicket, pollWaits, submit, type Receipt } from './submission'

const filled = (over: Partial<Draft> = {}): Draft => ({
  ...emptyDraft(),
  content: '厂区今早起停电，生产线停了。',
  phone: '0913 212-3456',
  ...over,
})

describe('draft', () => {
  it('asks for the two things that are needed, in the order of the form', () => {
    expect(Object.entries(faults(emptyDraft()))).toEqual([
      ['content', 'missing'],
      ['phone', 'missing'],
    ])
  })

  it('takes phone numbers as people write them', () => {
    for (const phone of ['13800000000', '+86 138 0000 0000', '(0913)2123456', '0913-2123456'])
      expect(faults(filled({ phone }))).toEqual({})
    expect(faults(filled({ phone: '12345' })).phone).toBe('format')
    expect(faults(filled({ phone: '1380000000a' })).phone).toBe('format')
  })

  it('counts characters, not code units', () => {
    expect(faults(filled({ content: '𠮷'.repeat(4000) }))).toEqual({})
    expect(faults(filled({ content: '字'.repeat(4001) })).content).toBe('long')
    expect(faults(filled({ content: ' 停电 ' })).content).toBe('short')
  })

  it('takes a credit code in small letters with spaces, but not a wrong one', () => {
    const draft = filled({ uscc: ' 91610500ma6y1k2x3q ' })
    expect(faults(draft)).toEqual({})
    expect(toInput(draft).uscc).toBe('91610500MA6Y1K2X3Q')
    expect(faults(filled({ uscc: '91610500MA6Y1K2X3O' })).uscc).toBe('format')
  })

  it('leaves out what was left open', () => {
    expect(toInput(filled({ type: 'help', wanted: '  ' }))).toEqual({
      content: '厂区今早起停电，生产线停了。',
      type: 'help',
      appellant: { phone: '09132123456', reply_wanted: true },
    })
  })

  it('comes back from storage, whatever was stored', () => {
    expect(reviveDraft({ content: 'x', phone: 7, gone: true }).content).toBe('x')
    expect(reviveDraft({ phone: 7 }).phone).toBe('')
    expect(isUntouched(reviveDraft(null))).toBe(true)
  })
})

describe('errors of the form', () => {
  it('say the same in the summary and at the field', () => {
    const { byField, lines } = errorsOf(faults(filled({ content: '', uscc: '1' })))
    expect(lines.map((line) => line.text)).toEqual([byField.content, byField.uscc])
    for (const { text } of lines) expect(text).not.toMatch(/^fault\./)
  })

  it('have words for every fault there is', () => {
    const long = '长'.repeat(5000)
    const every = errorsOf({
      ...faults(filled({ wanted: long, place: long, enterpriseName: long, name: long, uscc: 'x' })),
    })
    expect(every.lines).toHaveLength(5)
    for (const { text } of every.lines) expect(text).not.toMatch(/^fault\./)
  })

  it('take the server’s words and fields', () => {
    const problem = { type: '', title: '', status: 400, code: 'validation_failed', detail: '有误' }
    const errors = [
      { field: 'appellant.phone', code: 'invalid_format', message: '号码有误' },
      { field: 'unheard.of', code: 'x', message: '别的' },
    ]
    expect(errorsOfProblem({ ...problem, errors }).lines).toEqual([
      { id: 'appeal-phone', text: '号码有误' },
      { id: undefined, text: '别的' },
    ])
    expect(errorsOfProblem(problem).lines).toEqual([{ text: '有误' }])
  })
})

describe('submission', () => {
  const problem = (status: number, code: string, retry_after?: number): Result<Receipt> => ({
    ok: false,
    problem: {
      type: '',
      title: '',
      status,
      code,
      detail: '',
      ...(retry_after === undefined ? {} : { retry_after }),
    },
  })
  const receipt: Result<Receipt> = {
    ok: true,
    data: { ticket_no: 'WN202611230000017', query_code: 'ABC234', status: 'committed' },
    response: new Response(),
  }
  const scripted = (...answers: Result<Receipt>[]) => {
    const send = vi.fn((_body: unknown, _key: string) => {
      const next = answers.shift()
      if (!next) throw new Error('asked once too often')
      return Promise.resolve(next)
    })
    const wait = vi.fn((_seconds: number) => Promise.resolve())
    return { send, wait }
  }

  it('keeps the key for the same appeal and takes a new one for a changed appeal', () => {
    const first = attemptFor(toInput(filled()), undefined)
    expect(attemptFor(toInput(filled()), first)).toBe(first)
    expect(attemptFor(toInput(filled({ wanted: '恢复供电' })), first).key).not.toBe(first.key)
  })

  it('tries again after 503 and a broken line, with the same key and the wait it was told', async () => {
    const { send, wait } = scripted(problem(503, 'queue_full', 3), problem(0, 'network'), receipt)
    const attempt = attemptFor(toInput(filled()), undefined)
    expect((await submit(attempt, { send, wait, tries: 3 })).ok).toBe(true)
    expect(new Set(send.mock.calls.map(([, key]) => key))).toEqual(new Set([attempt.key]))
    expect(wait.mock.calls.map(([seconds]) => seconds)).toEqual([3, 4])
  })

  it('does not wait longer than a person would', async () => {
    const { send, wait } = scripted(problem(503, 'queue_full', 600), receipt)
    await submit(attemptFor(toInput(filled()), undefined), { send, wait, tries: 2 })
    expect(wait).toHaveBeenCalledWith(15)
  })

  it('gives a refusal back at once and gives up after its tries', async () => {
    const refused = scripted(problem(400, 'validation_failed'))
    const attempt = attemptFor(toInput(filled()), undefined)
    expect((await submit(attempt, { ...refused, tries: 3 })).ok).toBe(false)
    const away = scripted(problem(503, 'x'), problem(503, 'x'))
    expect((await submit(attempt, { ...away, tries: 2 })).ok).toBe(false)
    expect(away.wait).toHaveBeenCalledTimes(1)
  })

  it('looks until the queued appeal is a ticket, and not for ever', async () => {
    let looks = 0
    const wait = () => Promise.resolve()
    expect(await becomesTicket(() => Promise.resolve(++looks === 3), wait)).toBe(true)
    expect(looks).toBe(3)
    looks = 0
    expect(await becomesTicket(() => Promise.resolve(++looks < 0), wait)).toBe(false)
    expect(looks).toBe(pollWaits.length)
  })
})

describe('looking up', () => {
  it('takes numbers as people copy them', () => {
    expect(tidyTicketNo(' wn2026 1123-0000017 ')).toBe('WN202611230000017')
    expect(lookUpFaults('wn2026 1123 0000017', 'abc 234')).toEqual({})
    expect(lookUpFaults('WN2026', '')).toEqual({
      no: 'fault.no.format',
      code: 'fault.code.missing',
    })
  })

  it('asks for a reason only after a bad word', () => {
    expect(wantsReason('yes', 'basically_satisfied')).toBe(false)
    expect(wantsReason('no', 'satisfied')).toBe(true)
    expect(wantsReason('partly', 'dissatisfied')).toBe(true)
  })
})

describe('pages', () => {
  it('come from the fragment; an unknown one is the home page', () => {
    expect(pageOf('#/follow')).toBe('follow')
    expect(pageOf('')).toBe('home')
    expect(pageOf('#/nowhere')).toBe('home')
  })
})
