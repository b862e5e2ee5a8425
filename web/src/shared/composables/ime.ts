/**
 * While an input method composes, Enter chooses a candidate and must not submit. Chromium marks
 * those keys with isComposing, Safari and some IMEs only with the key code 229.
 */
export function isComposing(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  return event.isComposing || event.keyCode === 229
}

/** Wraps a key handler so that it sleeps during composition. */
export function unlessComposing(handle: (event: KeyboardEvent) => void) {
  return (event: KeyboardEvent): void => {
    if (!isComposing(event)) handle(event)
  }
}

/** Is the person writing? Single-letter shortcuts must then keep quiet. */
export function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'submit', 'reset'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}
