import type { English } from '@/shared/i18n/messages'
import type zh from './i18n.zh'

export default {
  title: 'Books of the call platforms',
  text: 'Every night each platform sends its own list of calls; it is held against the records call by call. Calls and ends that had been missed are taken up from it.',
  none: 'No platform has sent a list yet. How it is sent: POST /cti/details in the API’s document.',
  time: 'Time',
  source: 'Platform',
  calls: 'Calls listed',
  outcome: 'Outcome',
  toldAt: 'Received',
  same: 'The same',
  differing: '{n} differ',
  show: 'Show the {n} that differ from {at} on',
  call: 'Call',
  kind: 'Difference',
  theirTalk: 'Talk, listed',
  ourTalk: 'Talk, recorded',
  noTalk: 'not answered',
  more: 'Only the first {n} of {of} are shown',
  'kind.unknown_call': 'Nothing had been told of it; taken up from the list',
  'kind.end_missed': 'Its end had not been told; taken up from the list',
  'kind.answer': 'One says answered, the other not',
  'kind.talk_time': 'Talked more than 5 s longer or shorter',
  'kind.not_in_details': 'Recorded, and not in the list',
} satisfies English<typeof zh>
