import type { Tone } from '@/ui/UiStatusTag.vue'
import { defineMessages } from '../i18n/messages'
import zh from './labels.zh'
import type { Clock, State, Urgency } from './types'

/** Words of the domain: states, acts, types, clocks … keyed `group.code` as in the contract. */
export const label = defineMessages(zh, () => import('./labels.en'))

/** Sentences that take values are asked for by name, never by a code. */
type LabelKey = Exclude<
  keyof typeof zh,
  'redo' | `hold.${string}` | `plan.${string}` | 'mediation.keep'
>

/** The word for a code that comes from the server; an unknown code shows as itself. */
export function labelOf(group: string, code: string | undefined): string {
  if (code === undefined) return ''
  const key = `${group}.${code}`
  return key in zh ? label(key as LabelKey) : code
}

/** An act of the log; what the appellant notes is no internal remark. */
export const actName = ({ act, role }: { act: string; role?: string }): string =>
  labelOf('act', act === 'note' && role === 'enterprise' ? 'added' : act)

/** Of several milestones each has its number. */
export const clockName = ({ kind, generation }: Pick<Clock, 'kind' | 'generation'>): string =>
  labelOf('clock', kind) + (kind === 'milestone' ? ` ${String(generation)}` : '')

export function stateTone(state: State): Tone {
  switch (state) {
    case 'accepted':
    case 'dispatched':
    case 'return_pending':
      return 'warn'
    case 'handling':
    case 'submitted':
    case 'callback':
    case 'mediating':
      return 'info'
    case 'closed':
    case 'archived':
      return 'ok'
    case 'declined':
      return 'bad'
    default:
      return 'plain'
  }
}

export function urgencyTone(urgency: Urgency): Tone {
  return urgency === 'critical' ? 'bad' : urgency === 'urgent' ? 'warn' : 'plain'
}

const cards = new Set(['yellow_card', 'red_card', 'clock_overdue', 'sign_overdue', 'escalate'])

/** What an event says: a card names the limit that ran out, a contact its way, all else speaks in its actor's words. */
export function wordsOf({ act, reason }: { act: string; reason?: string }): string | undefined {
  if (!reason) return undefined
  if (cards.has(act)) return labelOf('clock', reason)
  // "phone: what was said", as the log keeps a first contact.
  const [, way, said] = (act === 'first_contact' && /^(\w+): ([^]*)$/.exec(reason)) || []
  return way === undefined ? reason : `${labelOf('contact', way)} · ${said}`
}
