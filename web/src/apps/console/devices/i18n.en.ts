import type { English } from '@/shared/i18n/messages'
import type zh from './i18n.zh'

export default {
  devices: 'Devices',
  devicesOf: 'Devices of {who}',
  text: 'Phones and browsers this account logged in on. Wipe one that is lost: its sessions end at once, and it deletes tickets and photos it keeps as soon as it is on line.',
  none: 'No device yet',
  name: 'Device',
  kind: 'Push',
  seen: 'Last seen',
  since: 'Since',
  acts: 'Actions',
  'kind.web_push': 'Web Push',
  'kind.unified_push': 'UnifiedPush',
  'kind.none': 'No push',
  current: 'The one in use here',
  wipe: 'Wipe',
  wipeAll: 'Wipe all',
  wipeTitle: 'Wipe this device?',
  wipeText:
    'The sessions on “{name}” end at once, and what was not sent from it is lost for good. To be used again it has to log in anew.',
  wipeAllTitle: 'Wipe all devices ({n})?',
  wipeAllText:
    'All sessions of {who} on devices end at once, and what was not sent from them is lost for good.',
  wiped: '“{name}” was wiped',
  wipedAll: '{n} {n|device was|devices were} wiped',
  wipedList: 'Wiped in the last 30 days',
  wipedAt: 'Wiped',
  result: 'What happened',
  lastWordDue: 'Sessions ended; the device is being told',
  lastWordDone: 'Sessions ended; told, or it deletes everything when it is next on line',
  close: 'Close',
} satisfies English<typeof zh>
