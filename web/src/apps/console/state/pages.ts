import { ref, shallowRef } from 'vue'
import type { Result } from '@/shared/api/client'
import type { Problem } from '@/shared/api/problem'

interface Page<Item> {
  items: Item[]
  next_cursor?: string | undefined
}

/** A list that comes in pages; only the answer to the last question counts. */
export function createPages<Item>(
  ask: (cursor: string | undefined) => Promise<Result<Page<Item>>>,
) {
  const items = shallowRef<readonly Item[]>()
  const problem = shallowRef<Problem>()
  const loading = ref(false)
  const next = ref<string>()
  let generation = 0

  async function take(cursor: string | undefined): Promise<void> {
    const mine = ++generation
    loading.value = true
    const answer = await ask(cursor)
    if (mine !== generation) return
    loading.value = false
    problem.value = answer.ok ? undefined : answer.problem
    if (!answer.ok) return
    const before = cursor === undefined ? [] : (items.value ?? [])
    items.value = [...before, ...answer.data.items]
    next.value = answer.data.next_cursor
  }

  /** From the beginning; what is on the screen stays until the answer is there. */
  const load = (): Promise<void> => take(undefined)

  async function more(): Promise<void> {
    if (next.value !== undefined && !loading.value) await take(next.value)
  }

  /** One row is known to be different now. */
  function put(changed: Item, same: (item: Item) => boolean): void {
    items.value = items.value?.map((item) => (same(item) ? changed : item))
  }

  return { items, problem, loading, next, load, more, put }
}

export type Pages<Item> = ReturnType<typeof createPages<Item>>
