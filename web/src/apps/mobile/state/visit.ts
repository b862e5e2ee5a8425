import type { components } from '@/shared/api/schema'

export type TicketInput = components['schemas']['TicketInput']

export interface Visit {
  enterpriseId: string
  enterpriseName: string
  type: string
  topic: string
  urgency: string
  division: string
  content: string
  wanted: string
  place: string
  name: string
  phone: string
}

export const emptyVisit = (): Visit => ({
  enterpriseId: '',
  enterpriseName: '',
  type: '',
  topic: '',
  urgency: '',
  division: '',
  content: '',
  wanted: '',
  place: '',
  name: '',
  phone: '',
})

const types = ['consult', 'help', 'complaint', 'report', 'suggestion', 'praise'] as const
const urgencies = ['normal', 'urgent', 'critical'] as const

const tidyPhone = (typed: string): string =>
  typed.replace(/[\s()（）—-]/g, '').replace(/^(\+|00)86/, '')

export type VisitField = 'content' | 'phone'

export function visitFaults(visit: Visit): VisitField[] {
  return [
    ...([...visit.content.trim()].length < 5 ? (['content'] as const) : []),
    ...(/^\d{7,12}$/.test(tidyPhone(visit.phone)) ? [] : (['phone'] as const)),
  ]
}

export function toVisitInput(visit: Visit): TicketInput {
  const type = types.find((one) => one === visit.type)
  const urgency = urgencies.find((one) => one === visit.urgency)
  const text = (key: string, value: string) => (value.trim() === '' ? {} : { [key]: value.trim() })
  return {
    content: visit.content.trim(),
    ...(type && { type }),
    ...(urgency && { urgency }),
    ...text('topic', visit.topic),
    ...text('division', visit.division),
    ...text('wanted', visit.wanted),
    ...text('place', visit.place),
    ...(visit.enterpriseId === ''
      ? text('enterprise_name', visit.enterpriseName)
      : { enterprise_id: Number(visit.enterpriseId) }),
    appellant: { phone: tidyPhone(visit.phone), ...text('name', visit.name) },
  }
}
