import { ref, shallowRef } from 'vue'
import type { Values } from './act-spec'
import type { Action } from './types'

/** Which form stands open over a ticket, and what of it is answered already. */
export function useActForm() {
  const asking = ref<Action>()
  const preset = shallowRef<Values>()
  /** Words of forms put aside to look at the ticket first. */
  const kept = new Map<Action, Values>()

  /** From the list of milestones: its form, with the one that was touched. */
  function meet(milestone: number): void {
    preset.value = { milestone: String(milestone) }
    asking.value = 'meet_milestone'
  }

  /** With the article chosen while the appeal was written, when there is one. */
  function begin(action: Action, article: unknown): void {
    preset.value = typeof article === 'string' ? { article_id: article } : undefined
    asking.value = action
  }

  /** With answers that are known already. */
  function ask(action: Action, answers?: Values): void {
    preset.value = answers
    asking.value = action
  }

  /** The form goes away, its words stay until it is opened again. */
  function look(values: Values): void {
    if (asking.value) kept.set(asking.value, values)
  }

  /** As it was left, when it was. */
  function resume(action: Action): void {
    preset.value = kept.get(action)
    kept.delete(action)
    asking.value = action
  }

  const forgetWords = (): void => kept.clear()

  function closeForm(): void {
    asking.value = undefined
    preset.value = undefined
  }

  return { asking, preset, meet, begin, ask, look, resume, forgetWords, closeForm }
}
