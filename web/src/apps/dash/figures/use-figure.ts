import { onScopeDispose, shallowRef, watch } from 'vue'
import type { Result } from '@/shared/api/client'
import type { Problem } from '@/shared/api/problem'
import { throttle } from '@/shared/composables/throttle'
import { locale } from '@/shared/i18n/locale'

/** How long a figure rests before it is fetched anew because others came in. */
const rest = 15_000

/** One figure of the server: fetched when what is asked changes, and again when the board is new. */
export function useFigure<T>(
  ask: () => Promise<Result<T>>,
  asked: () => unknown,
  at: () => number | undefined,
) {
  const figure = shallowRef<T>()
  const problem = shallowRef<Problem>()
  let generation = 0

  async function load(): Promise<void> {
    const mine = ++generation
    const answer = await ask()
    if (mine !== generation) return
    problem.value = answer.ok ? undefined : answer.problem
    if (answer.ok) figure.value = answer.data
  }

  const freshen = throttle(rest, () => void load())
  watch([asked, locale], () => void load(), { immediate: true })
  watch(at, () => freshen.call())
  onScopeDispose(() => freshen.stop())
  return { figure, problem }
}
