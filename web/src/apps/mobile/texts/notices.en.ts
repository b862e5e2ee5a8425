import type { English } from '@/shared/i18n/messages'
import type zh from './notices.zh'

export default {
  chinese: 'Chinese',
  title: 'Notices',
  unread: '{n} unread',
  none: 'No notices',
  noneText: 'New tickets, rulings, urging and time limits are told here.',
  readAll: 'Mark all as read',
  more: 'Earlier ones',
  new: 'unread',
  settings: 'Notices and devices',
  back: 'Back',
  pushTitle: 'Notifications',
  pushWhy:
    'The phone then rings for new tickets, urging and time limits even when this page is closed. A notification shows the ticket number, nothing of firms or persons.',
  pushOn: 'Turn notifications on',
  pushOff: 'Turn them off on this device',
  pushIsOn: 'This device gets notifications.',
  pushDenied:
    'This device does not allow notifications; you can change that in its settings. Until then you are reminded by {other}.',
  pushUnsupported: 'This device or app has no notifications. You are reminded by {other}.',
  pushNone: 'The server sends no notifications. You are reminded by {other}.',
  pushFailed:
    'The notification service was not reached; try again later. Until then you are reminded by {other}.',
  otherNone: 'the notices in this app',
  'channel.web_push': 'notification',
  'channel.wecom': 'WeCom',
  'channel.dingtalk': 'DingTalk',
  'channel.sms': 'text message',
  'channel.email': 'e-mail',
  preferences: 'When and how you are reminded',
  quietFrom: 'Quiet from',
  quietTo: 'Quiet until',
  quietHint:
    'What comes in quiet hours is told once, when the shift starts; critical tickets are told at once. Equal times mean none.',
  channels: 'Remind me by',
  language: 'Language of notices',
  save: 'Save',
  saved: 'Saved',
  devices: 'Devices you have used',
  thisDevice: 'this device',
  subscribed: 'gets notifications',
  seenAt: 'last used {at}',
  wipe: 'Wipe',
  wipeTitle: 'Wipe this device?',
  wipeText:
    '{name} is logged out at once; its tickets, what was not sent yet and its subscription are deleted for good. Do it at once when a phone is lost.',
  wiped: 'Wiped',
  logOutTitle: 'Something has not been sent',
  logOutText:
    '{n} {n|thing on this device has|things on this device have} not been sent. Logging out deletes {n|it|them} for good.',
  logOutAnyway: 'Log out anyway',
} satisfies English<typeof zh>
