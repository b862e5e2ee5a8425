import { onScopeDispose, readonly, ref } from 'vue'
import { isWriting } from '@/shared/composables/ime'
import { keep, kept } from '@/shared/kept'
import { commandOf, type Command } from './shortcuts'

type Handlers = Partial<Record<Command, (event: KeyboardEvent) => void>>

const layers: Handlers[] = []
const storageKey = 'qp.shortcuts'

const enabled = ref(kept(storageKey) !== 'off')

/** WCAG 2.1.4: single-character shortcuts can be turned off. */
export const characterKeys = readonly(enabled)

export function setCharacterKeys(on: boolean): void {
  enabled.value = on
  keep(storageKey, on ? 'on' : 'off')
}

const ownEnter = 'a, button, summary, select, input, textarea, [role=option], [role=tab]'

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented) return
  const target = event.target instanceof HTMLElement ? event.target : document.body
  const inDialog = target.closest('dialog') !== null
  const command = commandOf(event, {
    writing: isWriting(target) || inDialog,
    onControl: target.matches(ownEnter) || inDialog,
    characterKeys: enabled.value,
  })
  if (command === undefined) return
  if (command === 'submit') {
    const form = target.closest('form')
    if (form) {
      event.preventDefault()
      form.requestSubmit()
    }
    return
  }
  const layer = layers.findLast((handlers) => handlers[command] !== undefined)
  if (!layer) return
  event.preventDefault()
  layer[command]?.(event)
}

/** What the keys do while the component lives; the innermost component is asked first. */
export function useKeys(handlers: Handlers): void {
  layers.push(handlers)
  if (layers.length === 1) document.addEventListener('keydown', onKey)
  onScopeDispose(() => {
    layers.splice(layers.indexOf(handlers), 1)
    if (layers.length === 0) document.removeEventListener('keydown', onKey)
  })
}
