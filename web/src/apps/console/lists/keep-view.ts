import { api, result, type Result } from '@/shared/api/client'
import { fieldErrors } from '@/shared/api/problem'
import type { components } from '@/shared/api/schema'
import { isStale } from '@/shared/ticket/use-ticket'
import type { SummaryLine } from '@/ui/UiErrorSummary.vue'
import { countViews, dropView, loadViews, putView, type SavedView } from '../state/views'
import { l } from './i18n'

export type ViewInput = components['schemas']['SavedViewInput']

export const inputOf = ({ name, filter, sort, columns, role }: SavedView): ViewInput => ({
  name,
  filter,
  sort,
  columns,
  ...(role !== undefined && { role }),
})

const tag = (view: SavedView): string => `"${String(view.version)}"`

async function taken<T>(answer: Result<T>): Promise<Result<T>> {
  if (!answer.ok && isStale(answer.problem)) await loadViews()
  return answer
}

/** A new view under an id of its own, which is the same for each try; or what one is to say now. */
export async function keepView(
  input: ViewInput,
  which: { id: string } | { before: SavedView },
): Promise<Result<SavedView>> {
  const old = 'before' in which ? which.before : undefined
  const view_id = 'before' in which ? which.before.id : which.id
  const header = old ? { 'If-Match': tag(old) } : { 'If-None-Match': '*' as const }
  const params = { path: { view_id }, header }
  const answer = await taken(await result(api.PUT('/me/views/{view_id}', { params, body: input })))
  if (answer.ok) {
    putView(answer.data)
    void countViews()
  }
  return answer
}

export async function removeView(view: SavedView): Promise<Result<unknown>> {
  const params = { path: { view_id: view.id }, header: { 'If-Match': tag(view) } }
  const answer = await taken(await result(api.DELETE('/me/views/{view_id}', { params })))
  if (answer.ok || answer.problem.status === 404) dropView(view.id)
  return answer
}

/** What to say of a refusal, beside the field it names where the form has it. */
export function refusalLines(
  answer: Result<unknown>,
  ids: Readonly<Record<string, string>> = {},
): SummaryLine[] {
  if (answer.ok) return []
  if (isStale(answer.problem)) return [{ text: l('viewStale') }]
  const named = Object.entries(fieldErrors(answer.problem))
  if (named.length === 0) return [{ text: answer.problem.detail }]
  return named.map(([field, text]) => ({ id: ids[field], text }))
}
