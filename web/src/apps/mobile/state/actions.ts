import type { Action } from '@/shared/ticket/types'

/** The next step a handler takes, in the order of the way of a ticket. */
const mainSteps: readonly Action[] = [
  'sign_for',
  'first_contact',
  'conclude_mediation',
  'meet_milestone',
  'submit_result',
]

export interface Offered {
  main: Action | undefined
  more: readonly Action[]
}

/** What the server allows, split into the one big button and the rest. */
export function offer(allowed: readonly Action[]): Offered {
  const main = mainSteps.find((action) => allowed.includes(action))
  return { main, more: allowed.filter((action) => action !== main) }
}
