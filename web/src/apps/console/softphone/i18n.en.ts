import type { English } from '@/shared/i18n/messages'
import type zh from './i18n.zh'

export default {
  telephone: 'Telephone in the browser',
  switch: 'Take calls here',
  switchHint:
    'By the microphone and headset of this computer instead of a telephone on the desk; this browser remembers it',
  'standing.elsewhere': 'In another page',
  'standing.starting': 'Signing in…',
  'standing.registered': 'Can ring',
  'standing.lost': 'Cut off, reconnecting…',
  'standing.refused': 'Not accepted',
  'standing.no_microphone': 'No microphone',
  'standing.blocked': 'Microphone blocked',
  'standing.insecure': 'No microphone here',
  'trouble.refused':
    'The exchange did not accept your telephone: ask an administrator to bring its list of telephones up to date. It is tried again in a minute.',
  'trouble.no_microphone':
    'There is no microphone: plug in a headset, then switch “Take calls here” on again.',
  'trouble.blocked':
    'The browser does not let this page use the microphone: allow it in the site’s settings beside the address, then switch “Take calls here” on again.',
  'trouble.insecure': 'Only a page opened by https may use the microphone: ask an administrator.',
  call: 'Call at the telephone in the browser',
  answer: 'Answer',
  answerHint: 'Answer (Alt+a)',
  reject: 'Reject',
  rejectHint: 'Reject (Alt+x)',
  mute: 'Mute',
  unmute: 'Unmute',
  muteHint: 'Mute or unmute (Alt+m): you are not heard, and still hear',
  hangUp: 'Hang up',
  hangUpHint: 'Hang up (Alt+x); with a third in the call, they go on',
} satisfies English<typeof zh>
