import { onScopeDispose, shallowRef, watch } from 'vue'
import { api, result } from '../api/client'
import type { components } from '../api/schema'

export type Suggestion = components['schemas']['ArticleSuggestion']

export interface Question {
  text: string
  topic?: string | undefined
  division?: string | undefined
}

const longest = 4000
const pause = 250

/** A word or two say nothing yet. */
export const saysEnough = (text: string): boolean => [...text.trim()].length >= 4

/** The articles that answer what is being typed; only the answer to the last words counts. */
export function useSuggestions(question: () => Question) {
  const items = shallowRef<readonly Suggestion[]>([])
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0

  async function ask(): Promise<void> {
    const mine = ++asked
    const { text, topic, division } = question()
    if (!saysEnough(text)) {
      items.value = []
      return
    }
    const body = {
      text: [...text].slice(0, longest).join(''),
      ...(topic && { topic }),
      ...(division && { division }),
    }
    const answer = await result(api.POST('/knowledge/suggest', { body }))
    // What was found before is better than nothing while the server cannot be asked.
    if (mine === asked && answer.ok) items.value = answer.data.items
  }

  watch(
    () => JSON.stringify(question()),
    () => {
      clearTimeout(timer)
      timer = setTimeout(() => void ask(), pause)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    asked++
  })

  return { items }
}
