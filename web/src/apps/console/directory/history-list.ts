import { api, result } from '@/shared/api/client'
import type { operations } from '@/shared/api/schema'
import { createPages } from '../state/pages'
import { withNames } from './names'
import type { Change } from './types'

export type HistoryQuery = NonNullable<operations['listDirectoryHistory']['parameters']['query']>

/** The history that answers a question, page after page, in names instead of ids. */
export const createHistory = (question: () => HistoryQuery) =>
  createPages<Change>(async (cursor) => {
    const query = { ...question(), ...(cursor && { cursor }) }
    const answer = await result(api.GET('/directory/history', { params: { query } }))
    if (!answer.ok) return answer
    return { ...answer, data: { ...answer.data, items: await withNames(answer.data.items) } }
  })
