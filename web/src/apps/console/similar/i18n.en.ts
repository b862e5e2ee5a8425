import type { English } from '@/shared/i18n/messages'
import type zh from './i18n.zh'

export default {
  typing: 'Suspected repeats and similar appeals',
  beside: 'Suspected repeats',
  found: 'Suspected repeats: {n}',
  alike: 'Similar appeals of other enterprises',
  elsewhere:
    'Suspected repeats among tickets you may not see: {n}. They are looked at when the ticket is dispatched.',
  filling: 'Earlier appeals are still being read; some may be missing.',
  'closeness.same': 'Nearly the same',
  'closeness.close': 'Very similar',
  'closeness.partly': 'Partly similar',
  'closeness.topic': 'Same topic',
  sameEnterprise: 'Same enterprise',
  sameCaller: 'Same caller’s number',
  both: 'Both say',
  add: 'Add to this ticket',
  urge: 'Urge',
  merge: 'Merge into this ticket',
} satisfies English<typeof zh>
