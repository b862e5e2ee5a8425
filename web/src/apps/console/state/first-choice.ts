import type { Call, Tab } from './call-tabs'
import { isTouched } from './draft'

const offered = new Set<string>()
const live = new Set<Call['state']>(['ringing', 'talking', 'held'])

/** Whether adding to an open ticket is put first for this call: once, and never over a draft. */
export function offersToAdd(tab: Tab, call: Call | undefined, openTickets: number): boolean {
  if (!call || openTickets === 0 || tab.receipt || isTouched(tab.draft)) return false
  if (!live.has(call.state) || offered.has(call.call_id)) return false
  offered.add(call.call_id)
  return true
}
