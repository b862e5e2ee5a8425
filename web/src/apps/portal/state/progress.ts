import { api, result, type Result } from '@/shared/api/client'
import type { components } from '@/shared/api/schema'

type Schemas = components['schemas']
export type Progress = Schemas['Progress']
export type Solved = Schemas['RatingInput']['solved']
export type Satisfaction = Schemas['RatingInput']['satisfaction']

export const solvedChoices = ['yes', 'partly', 'no'] as const satisfies readonly Solved[]
export const satisfactionChoices = [
  'very_satisfied',
  'satisfied',
  'basically_satisfied',
  'dissatisfied',
  'very_dissatisfied',
] as const satisfies readonly Satisfaction[]

export const tidyTicketNo = (typed: string): string => typed.replace(/[\s-]/g, '').toUpperCase()
export const tidyCode = tidyTicketNo

export type LookUpFault = 'fault.no.missing' | 'fault.no.format' | 'fault.code.missing'

export function lookUpFaults(
  ticketNo: string,
  code: string,
): { no?: LookUpFault; code?: LookUpFault } {
  const no = tidyTicketNo(ticketNo)
  return {
    ...(no === ''
      ? { no: 'fault.no.missing' as const }
      : !/^WN\d{15,22}$/.test(no) && { no: 'fault.no.format' as const }),
    ...(tidyCode(code) === '' && { code: 'fault.code.missing' as const }),
  }
}

/** A bad word is worth a reason: it decides what happens when the matter is handled again. */
export function wantsReason(solved: Solved, satisfaction: Satisfaction): boolean {
  return solved === 'no' || satisfaction === 'dissatisfied' || satisfaction === 'very_dissatisfied'
}

const path = (ticket_no: string) => ({ ticket_no })

export const lookUp = (ticketNo: string, code: string): Promise<Result<Progress>> =>
  result(api.GET('/appeals/{ticket_no}', { params: { path: path(ticketNo), query: { code } } }))

const header = (key: string) => ({ 'Idempotency-Key': key })

export const rate = (
  ticketNo: string,
  body: Schemas['RatingInput'],
  key: string,
): Promise<Result<Progress>> =>
  result(
    api.POST('/appeals/{ticket_no}/rating', {
      params: { path: path(ticketNo), header: header(key) },
      body,
    }),
  )

export const urge = (ticketNo: string, code: string, key: string): Promise<Result<Progress>> =>
  result(
    api.POST('/appeals/{ticket_no}/urge', {
      params: { path: path(ticketNo), header: header(key) },
      body: { code },
    }),
  )

export const withdraw = (
  ticketNo: string,
  body: Schemas['PublicActInput'],
  key: string,
): Promise<Result<Progress>> =>
  result(
    api.POST('/appeals/{ticket_no}/withdraw', {
      params: { path: path(ticketNo), header: header(key) },
      body,
    }),
  )

export const reopen = (
  ticketNo: string,
  body: Schemas['PublicActInput'],
  key: string,
): Promise<Result<Progress>> =>
  result(
    api.POST('/appeals/{ticket_no}/reopening', {
      params: { path: path(ticketNo), header: header(key) },
      body,
    }),
  )

export const add = (
  ticketNo: string,
  body: { code: string; text: string },
  key: string,
): Promise<Result<Progress>> =>
  result(
    api.POST('/appeals/{ticket_no}/additions', {
      params: { path: path(ticketNo), header: header(key) },
      body,
    }),
  )
