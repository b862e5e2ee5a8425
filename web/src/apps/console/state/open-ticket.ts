import { onScopeDispose, shallowRef } from 'vue'
import type { Action } from '@/shared/ticket/types'

interface OpenTicket {
  /** What may be done to it now. */
  acts: () => readonly Action[]
  begin: (action: Action) => void
  print: () => void
}

/** The ticket on the screen, for what reaches it from outside its page. */
export const openTicket = shallowRef<OpenTicket>()

export function offerTicket(ticket: OpenTicket): void {
  openTicket.value = ticket
  onScopeDispose(() => {
    if (openTicket.value === ticket) openTicket.value = undefined
  })
}
