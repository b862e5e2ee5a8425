import { ref, shallowRef, watch } from 'vue'
import type { Problem } from '@/shared/api/problem'
import { keeperOf } from './keeper'
import type { EntryOf, Kind } from './types'

/** One entry as a page shows it, and which of its dialogs stands open. */
export function useEntry<K extends Kind>(kind: K, id: () => number) {
  const keeper = keeperOf(kind)
  const entry = shallowRef<EntryOf<K>>()
  const problem = shallowRef<Problem>()
  const asking = ref<'change' | 'stand'>()
  /** Counts the changes made here: what is shown of the entry's past asks again. */
  const changes = ref(0)

  async function load(): Promise<void> {
    const asked = id()
    const answer = await keeper.get(asked)
    if (asked !== id()) return
    problem.value = answer.ok ? undefined : answer.problem
    entry.value = answer.ok ? answer.data : undefined
  }

  function take(now: EntryOf<K>): void {
    entry.value = now
    changes.value++
  }

  watch(
    id,
    () => {
      asking.value = undefined
      void load()
    },
    { immediate: true },
  )

  return { entry, problem, asking, changes, load, take }
}
