import { defineMessages } from '@/shared/i18n/messages'
import type { Place } from './agent'
import zh from './i18n.zh'

/** Texts of the agent bar. */
export const p = defineMessages(zh, () => import('./i18n.en'))

export function placeText({ state, reason }: Place): string {
  const word = p(`state.${state}`)
  if (reason === undefined || reason === 'none') return word
  return p('place', { state: word, reason: p(`reason.${reason}`) })
}
