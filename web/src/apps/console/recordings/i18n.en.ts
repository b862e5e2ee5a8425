import type { English } from '@/shared/i18n/messages'
import type zh from './i18n.zh'

export default {
  label: 'Recording of the call',
  labelTimed: 'Recording of the call, {time}',
  length: '{time} long',
  keptUntil: 'Kept until {day}, longer while a ticket is open',
  noted: 'Listening is noted in the audit log',
  keys: '← → five seconds, Page Up and Page Down half a minute, Home and End to either end',
  failed: 'The recording could not be had. Try again later.',
  'state.at_exchange': 'Still at the exchange; it can be heard once it has been fetched',
  'state.at_platform': 'At the call platform; listen to it there',
  'state.deleted': 'Deleted on {day}, when its time was over',
  'state.lost': 'The exchange did not have it',
  'state.none': 'Not recorded',
} satisfies English<typeof zh>
