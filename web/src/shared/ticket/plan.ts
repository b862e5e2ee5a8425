import type { components } from '../api/schema'
import type { Tone } from '@/ui/UiStatusTag.vue'
import type { Ticket } from './types'

type Milestone = components['schemas']['Milestone']
type Mediation = components['schemas']['Mediation']

/** The steps of the plan in force and what was met before; `everything` adds what was called off. */
export function shownMilestones(ticket: Ticket, everything: boolean): readonly Milestone[] {
  return (ticket.milestones ?? []).filter((one) => everything || one.state !== 'cancelled')
}

export function milestoneTone(milestone: Milestone): Tone {
  if (milestone.late) return 'bad'
  if (milestone.state === 'met') return 'ok'
  return milestone.state === 'open' ? 'info' : 'plain'
}

export function mediationTone(mediation: Mediation): Tone {
  if (mediation.outcome === 'agreed') return 'ok'
  if (mediation.outcome === 'failed') return 'warn'
  return mediation.ended_at ? 'plain' : 'info'
}
