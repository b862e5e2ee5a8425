import type { components } from '@/shared/api/schema'
import { isUscc, tidyUscc } from './uscc'

export type AppealInput = components['schemas']['AppealInput']
export type AppealType = components['schemas']['AppealType']

/** What the form holds: strings and switches only, so that it survives in storage as it is. */
export interface Draft {
  type: '' | AppealType
  content: string
  wanted: string
  division: string
  place: string
  enterpriseName: string
  uscc: string
  name: string
  phone: string
  roleInFirm: string
  confidential: boolean
  replyWanted: boolean
}

export const limits = {
  content: 4000,
  contentLeast: 5,
  wanted: 500,
  place: 200,
  enterpriseName: 160,
  name: 60,
  phone: 20,
  roleInFirm: 60,
} as const

export function emptyDraft(): Draft {
  return {
    type: '',
    content: '',
    wanted: '',
    division: '',
    place: '',
    enterpriseName: '',
    uscc: '',
    name: '',
    phone: '',
    roleInFirm: '',
    confidential: false,
    replyWanted: true,
  }
}

export function isUntouched(draft: Draft): boolean {
  return JSON.stringify(draft) === JSON.stringify(emptyDraft())
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

/** Digits as dialled; people write spaces, dashes, brackets and +86. */
export const tidyPhone = (typed: string): string =>
  typed.replace(/[\s()（）—-]/g, '').replace(/^(\+|00)86/, '')

export type FieldName =
  'content' | 'phone' | 'uscc' | 'wanted' | 'place' | 'enterpriseName' | 'name'

export type Fault = 'missing' | 'short' | 'long' | 'format'

const length = (text: string): number => [...text.trim()].length

/** What the page itself can see wrong; the server looks again. In the order of the form. */
export function faults(draft: Draft): Partial<Record<FieldName, Fault>> {
  const found: Partial<Record<FieldName, Fault>> = {}
  const content = length(draft.content)
  if (content === 0) found.content = 'missing'
  else if (content < limits.contentLeast) found.content = 'short'
  else if (content > limits.content) found.content = 'long'

  const tooLong = (...fields: ('wanted' | 'place' | 'enterpriseName' | 'name')[]) => {
    for (const field of fields) if (length(draft[field]) > limits[field]) found[field] = 'long'
  }
  tooLong('wanted', 'place')
  if (draft.uscc.trim() !== '' && !isUscc(tidyUscc(draft.uscc))) found.uscc = 'format'
  tooLong('enterpriseName')
  const phone = tidyPhone(draft.phone)
  if (phone === '') found.phone = 'missing'
  else if (!/^\d{7,12}$/.test(phone)) found.phone = 'format'
  tooLong('name')
  return found
}

/** The request body: what was left open is left out, the server suggests it. */
export function toInput(draft: Draft): AppealInput {
  const text = (key: string, value: string) => (value.trim() === '' ? {} : { [key]: value.trim() })
  return {
    content: draft.content.trim(),
    ...(draft.type !== '' && { type: draft.type }),
    ...text('wanted', draft.wanted),
    ...text('division', draft.division),
    ...text('place', draft.place),
    ...text('enterprise_name', draft.enterpriseName),
    ...text('uscc', tidyUscc(draft.uscc)),
    appellant: {
      phone: tidyPhone(draft.phone),
      ...text('name', draft.name),
      ...text('role_in_firm', draft.roleInFirm),
      ...(draft.confidential && { confidential: true }),
      reply_wanted: draft.replyWanted,
    },
  }
}

const serverFields: Record<string, FieldName> = {
  content: 'content',
  wanted: 'wanted',
  place: 'place',
  enterprise_name: 'enterpriseName',
  uscc: 'uscc',
  'appellant.name': 'name',
  'appellant.phone': 'phone',
}

/** Which field of the form a server's field path means. */
export const formField = (path: string): FieldName | undefined => serverFields[path]
