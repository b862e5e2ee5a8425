import { ref, shallowRef } from 'vue'
import type { Values } from './act-spec'
import type { Action } from './types'

/** Which form stands open over a ticket, and what of it is answered already. */
export function useActForm() {
  const asking = ref<Action>()
  const preset = shallowRef<Values>()

  /** From the list of milestones: its form, with the one that was touched. */
  function meet(milestone: number): void {
    preset.value = { milestone: String(milestone) }
    asking.value = 'meet_milestone'
  }

  function closeForm(): void {
    asking.value = undefined
    preset.value = undefined
  }

  return { asking, preset, meet, closeForm }
}
