import { readonly, shallowRef } from 'vue'

/** One act on so many tickets at once is work for minutes; more is work for a rule. */
export const mostMarked = 100

/** Which rows of a list are marked for an act on all of them. */
export function createMarks() {
  const marked = shallowRef<ReadonlySet<string>>(new Set())
  let anchor: string | undefined

  const put = (keys: Iterable<string>): void => {
    marked.value = new Set([...keys].slice(0, mostMarked))
  }

  function toggle(key: string): void {
    anchor = key
    if (marked.value.has(key)) put([...marked.value].filter((one) => one !== key))
    else put([...marked.value, key])
  }

  /** Everything between the row that was marked last and this one, as Shift-click does in lists. */
  function extend(shown: readonly string[], to: string, otherwise = to): void {
    anchor ??= otherwise
    const [a, b] = [shown.indexOf(anchor), shown.indexOf(to)]
    if (b < 0) return
    const begin = a < 0 ? b : Math.min(a, b)
    put([...marked.value, ...shown.slice(begin, Math.max(a, b) + 1)])
  }

  /** All that are shown, or none when they all are already. */
  function all(shown: readonly string[]): void {
    const within = shown.slice(0, mostMarked)
    if (within.length > 0 && within.every((key) => marked.value.has(key))) clear()
    else put([...marked.value, ...within])
  }

  function clear(): void {
    anchor = undefined
    marked.value = new Set()
  }

  function drop(keys: readonly string[]): void {
    put([...marked.value].filter((key) => !keys.includes(key)))
  }

  return { marked: readonly(marked) as Readonly<typeof marked>, toggle, extend, all, clear, drop }
}
