import { api, result } from '@/shared/api/client'
import type { operations } from '@/shared/api/schema'
import { createPages } from '../state/pages'
import type { ContactCard, KeptEnterprise, KeptOfficial, Leave } from './types'

type Query<Name extends keyof operations> = NonNullable<operations[Name]['parameters']['query']>

const paged = <Q extends object>(
  query: Q,
  cursor: string | undefined,
): Q & { cursor?: string } => ({
  ...query,
  ...(cursor && { cursor }),
})

/** Lists of entries that answer a question as it stands when they are loaded. */
export const createOfficials = (question: () => Query<'listKeptOfficials'>) =>
  createPages<KeptOfficial>((cursor) =>
    result(api.GET('/directory/officials', { params: { query: paged(question(), cursor) } })),
  )

export const createEnterprises = (question: () => Query<'listKeptEnterprises'>) =>
  createPages<KeptEnterprise>((cursor) =>
    result(api.GET('/directory/enterprises', { params: { query: paged(question(), cursor) } })),
  )

export const createLeaves = (question: () => Query<'listKeptLeaves'>) =>
  createPages<Leave>((cursor) =>
    result(api.GET('/directory/leaves', { params: { query: paged(question(), cursor) } })),
  )

export const createCards = (question: () => Query<'listKeptCards'>) =>
  createPages<ContactCard>((cursor) =>
    result(api.GET('/directory/cards', { params: { query: paged(question(), cursor) } })),
  )
