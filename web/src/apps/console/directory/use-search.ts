import { onScopeDispose, watch } from 'vue'

const pause = 250

/** Looks while somebody types, but not at every key. */
export function afterTyping(words: () => string, look: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(words, () => {
    clearTimeout(timer)
    timer = setTimeout(look, pause)
  })
  onScopeDispose(() => clearTimeout(timer))
}
