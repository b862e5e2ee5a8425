import type { components } from '@/shared/api/schema'

type Schemas = components['schemas']
export type TicketInput = Schemas['TicketInput']
type Enterprise = Schemas['Enterprise']

/** What the agent's form holds: texts and switches only, so that storage keeps it as it is. */
export interface Draft {
  channel: string
  title: string
  content: string
  type: string
  topic: string
  urgency: string
  division: string
  town: string
  place: string
  wanted: string
  amount: string
  /** Chosen from the directory; its name stands beside for the look after a reload. */
  enterpriseId: string
  enterpriseName: string
  uscc: string
  name: string
  phone: string
  roleInFirm: string
  anonymous: boolean
  confidential: boolean
  replyWanted: boolean
  /** The article of the knowledge base the question is going to be answered from. */
  articleId: string
}

export function emptyDraft(): Draft {
  return {
    channel: 'phone',
    title: '',
    content: '',
    type: '',
    topic: '',
    urgency: 'normal',
    division: '',
    town: '',
    place: '',
    wanted: '',
    amount: '',
    enterpriseId: '',
    enterpriseName: '',
    uscc: '',
    name: '',
    phone: '',
    roleInFirm: '',
    anonymous: false,
    confidential: false,
    replyWanted: true,
    articleId: '',
  }
}

/** A stored draft of any age: unknown keys are dropped, missing or wrong ones are empty. */
export function reviveDraft(stored: unknown): Draft {
  const draft = emptyDraft()
  if (typeof stored !== 'object' || stored === null) return draft
  for (const [key, empty] of Object.entries(draft)) {
    const value: unknown = Reflect.get(stored, key)
    if (typeof value === typeof empty) Reflect.set(draft, key, value)
  }
  return draft
}

/** Fields a call fills by itself: they alone do not make a draft worth keeping. */
const fromCall = new Set<string>(['phone', 'enterpriseId', 'enterpriseName', 'uscc', 'division'])

/** Has the person typed or chosen anything? */
export function isTouched(draft: Draft): boolean {
  return Object.entries(emptyDraft()).some(
    ([key, empty]) => !fromCall.has(key) && Reflect.get(draft, key) !== empty,
  )
}

/** Puts an enterprise of the directory in; what the person wrote into the division stays. */
export function withEnterprise(draft: Draft, enterprise: Enterprise): Draft {
  return {
    ...draft,
    enterpriseId: String(enterprise.id),
    enterpriseName: enterprise.name,
    uscc: '',
    division: draft.division || (enterprise.zone ?? enterprise.division ?? ''),
  }
}

export const fieldLimits = {
  title: 40,
  content: 4000,
  place: 200,
  wanted: 500,
  enterpriseName: 160,
  name: 60,
  roleInFirm: 60,
} as const

export type FieldName = keyof Draft
export type Fault = 'missing' | 'short' | 'long' | 'format'

const length = (text: string): number => [...text.trim()].length

const tidyUscc = (typed: string): string => typed.replace(/\s/g, '').toUpperCase()
/** A number as it is dialled, however it was typed. */
export const tidyPhone = (typed: string): string =>
  typed.replace(/[\s()（）—-]/g, '').replace(/^(\+|00)86/, '')

/** What the page can see wrong before the server looks, in the order of the form. */
export function draftFaults(draft: Draft): [FieldName, Fault][] {
  const found: [FieldName, Fault][] = []
  const content = length(draft.content)
  if (content === 0) found.push(['content', 'missing'])
  else if (content < 5) found.push(['content', 'short'])
  for (const [field, limit] of Object.entries(fieldLimits) as [keyof typeof fieldLimits, number][])
    if (length(draft[field]) > limit) found.push([field, 'long'])
  const phone = tidyPhone(draft.phone)
  if (phone === '') found.push(['phone', 'missing'])
  else if (!/^\d{5,12}$/.test(phone)) found.push(['phone', 'format'])
  if (draft.uscc.trim() !== '' && !/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(tidyUscc(draft.uscc)))
    found.push(['uscc', 'format'])
  if (draft.amount.trim() !== '' && !/^\d+(\.\d{1,2})?$/.test(draft.amount.trim()))
    found.push(['amount', 'format'])
  return found
}

/** The request body: what was left open is left out, the server suggests it. */
export function toTicketInput(draft: Draft, callId: string | undefined): TicketInput {
  const text = (key: string, value: string) => (value.trim() === '' ? {} : { [key]: value.trim() })
  const chosen = draft.enterpriseId !== ''
  return {
    content: draft.content.trim(),
    channel: draft.channel === 'walk_in' ? 'walk_in' : 'phone',
    ...text('title', draft.title),
    ...text('type', draft.type),
    ...text('topic', draft.topic),
    ...text('urgency', draft.urgency),
    ...text('division', draft.division),
    ...text('town', draft.town),
    ...text('place', draft.place),
    ...text('wanted', draft.wanted),
    ...(draft.amount.trim() !== '' && { amount_yuan: Number(draft.amount) }),
    ...(chosen && { enterprise_id: Number(draft.enterpriseId) }),
    ...(!chosen && text('enterprise_name', draft.enterpriseName)),
    ...(!chosen && text('uscc', tidyUscc(draft.uscc))),
    ...(callId !== undefined && draft.channel !== 'walk_in' && { call_id: callId }),
    appellant: {
      phone: tidyPhone(draft.phone),
      ...text('name', draft.name),
      ...text('role_in_firm', draft.roleInFirm),
      ...(draft.anonymous && { anonymous: true }),
      ...(draft.confidential && { confidential: true }),
      reply_wanted: draft.replyWanted,
    },
  }
}

const byPath: Readonly<Record<string, FieldName>> = {
  amount_yuan: 'amount',
  enterprise_id: 'enterpriseId',
  enterprise_name: 'enterpriseName',
  'appellant.name': 'name',
  'appellant.phone': 'phone',
  'appellant.role_in_firm': 'roleInFirm',
}

/** Which field of the form a server's field path means. */
export function formField(path: string): FieldName | undefined {
  const field = byPath[path] ?? path
  return field in emptyDraft() ? (field as FieldName) : undefined
}
