import { readonly, shallowRef } from 'vue'

export interface Toast {
  id: number
  text: string
  tone: 'plain' | 'ok' | 'bad'
  /** How long it stays, ms; a person reading or tabbing into it stops the time. */
  lasts: number
  action?: { label: string; run: () => void } | undefined
  /** Runs when the time is up without the action: "undo" was not wanted. */
  onExpire?: (() => void) | undefined
}

type NewToast = Pick<Toast, 'text'> & Partial<Omit<Toast, 'id' | 'text'>>

const list = shallowRef<readonly Toast[]>([])
let last = 0

export const toasts = readonly(list)

/** Says the same and does nothing of its own, so that one of both is enough. */
const repeats = (one: Toast, other: Toast): boolean =>
  one.text === other.text &&
  one.tone === other.tone &&
  ![one, other].some(({ action, onExpire }) => action ?? onExpire)

/**
 * Shows a short message; gives back a function that takes it away without its onExpire. One that
 * stands there already is replaced, so that it is read out again.
 */
export function showToast(toast: NewToast): () => void {
  const next: Toast = { tone: 'plain', lasts: 6000, ...toast, id: ++last }
  list.value = [...list.value.filter((one) => !repeats(one, next)), next]
  return () => removeToast(next.id)
}

export function removeToast(id: number): Toast | undefined {
  const found = list.value.find((toast) => toast.id === id)
  list.value = list.value.filter((toast) => toast.id !== id)
  return found
}

export function expireToast(id: number): void {
  removeToast(id)?.onExpire?.()
}

export function useToastAction(id: number): void {
  removeToast(id)?.action?.run()
}
