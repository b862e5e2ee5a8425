import type { components } from '@/shared/api/schema'

type Schemas = components['schemas']
export type Role = Schemas['Role']
export type Bulletin = Schemas['BulletinProgress']
export type Receipt = Schemas['BulletinReceipt']
export type ReceiptState = Schemas['ReceiptState']
export type AudienceCount = Schemas['AudienceCount']

/** Roles one may write to, the officials first: for them it is made. */
export const readers: readonly Role[] = [
  'official',
  'unit_clerk',
  'unit_leader',
  'agent',
  'dispatcher',
  'reviewer',
  'supervisor',
  'manager',
  'auditor',
  'admin',
]

export const receiptStates: readonly ReceiptState[] = [
  'waiting',
  'delivered',
  'read',
  'not_reached',
]

export interface BulletinDraft {
  title: string
  body: string
  english: boolean
  title_en: string
  body_en: string
  roles: Role[]
  /** Ids, as the field keeps them: `3,17`. */
  units: string
}

export const emptyDraft = (): BulletinDraft => ({
  title: '',
  body: '',
  english: false,
  title_en: '',
  body_en: '',
  roles: [],
  units: '',
})

export const limits = { title: 60, body: 500, title_en: 120, body_en: 1000 } as const
export type TextField = keyof typeof limits
export type Fault = 'missing' | 'short' | 'long'

export const fieldsOf = ({ english }: BulletinDraft): readonly TextField[] =>
  english ? ['title', 'body', 'title_en', 'body_en'] : ['title', 'body']

/** What the page can see wrong before the server looks. */
export function bulletinFaults(draft: BulletinDraft): [TextField, Fault][] {
  return fieldsOf(draft).flatMap((field): [TextField, Fault][] => {
    const length = [...draft[field].trim()].length
    if (length === 0) return [[field, 'missing']]
    if (length < 2) return [[field, 'short']]
    return length > limits[field] ? [[field, 'long']] : []
  })
}

/** As the server takes an audience; what is not narrowed down is left out. */
export function audienceOf({ roles, units }: Pick<BulletinDraft, 'roles' | 'units'>) {
  const ids = units.split(',').filter(Boolean).map(Number)
  return { ...(roles.length > 0 && { roles }), ...(ids.length > 0 && { units: ids }) }
}

export const bodyOf = (draft: BulletinDraft) => ({
  ...Object.fromEntries(fieldsOf(draft).map((field) => [field, draft[field].trim()])),
  title: draft.title.trim(),
  body: draft.body.trim(),
  audience: audienceOf(draft),
})

const queued = (bulletin: Bulletin): number =>
  bulletin.channels.reduce((sum, { queued: waiting }) => sum + waiting, 0)

/** Nothing more is to be expected soon: everybody has it, or no channel has anything in line. */
export type Stage = 'running' | 'quiet' | 'finished'
export function stageOf(bulletin: Bulletin): Stage {
  if (bulletin.told + bulletin.not_reached >= bulletin.receivers) return 'finished'
  // Before its first step nobody's channels stand in line yet.
  if (queued(bulletin) > 0 || bulletin.channels.length === 0) return 'running'
  return 'quiet'
}
