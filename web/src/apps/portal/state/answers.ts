import { onScopeDispose, reactive, shallowRef, watch } from 'vue'
import { api, result } from '@/shared/api/client'
import type { components } from '@/shared/api/schema'

export type Answer = components['schemas']['PublicAnswer']

/** The answer somebody said yes to, for the page that says good-bye. */
export const answeredBy = shallowRef<Answer>()

/** Those that were no answer to what is being written: they are not offered again. */
const refused = reactive(new Set<number>())

export const refuse = (answer: Answer): void => void refused.add(answer.article_id)
export const forgetRefused = (): void => refused.clear()
export const notRefused = (answers: readonly Answer[]): readonly Answer[] =>
  answers.filter(({ article_id }) => !refused.has(article_id))

/** Counted by the server; whoever was helped need not wait for it, nor hear that it failed. */
export const tellHelped = ({ article_id }: Answer): Promise<unknown> =>
  result(api.POST('/public/knowledge/{article_id}/helped', { params: { path: { article_id } } }))

/** The beginning of what is typed is what it is about. */
export const wordsOf = (typed: string): string => [...typed.trim()].slice(0, 400).join('')

/**
 * Answers to what is being typed; only those to the last words count. Fewer characters than `least`
 * ask nothing, but for none at all where `least` is 0: then the most used come.
 */
export function useAnswers(asked: () => { typed: string; division?: string }, least: number) {
  const items = shallowRef<readonly Answer[]>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let latest = 0

  async function ask(): Promise<void> {
    const mine = ++latest
    const { typed, division } = asked()
    const q = wordsOf(typed)
    if ([...q].length < least) {
      items.value = undefined
      return
    }
    const query = { ...(q && { q }), ...(division && { division }), limit: least > 0 ? 3 : 5 }
    const answer = await result(api.GET('/public/knowledge', { params: { query } }))
    if (mine === latest && answer.ok) items.value = answer.data.items
  }

  watch(
    () => JSON.stringify(asked()),
    () => {
      clearTimeout(timer)
      timer = setTimeout(() => void ask(), 400)
    },
  )
  void ask()
  onScopeDispose(() => {
    clearTimeout(timer)
    latest++
  })

  return { items }
}
