import type { English } from '@/shared/i18n/messages'
import type zh from './i18n.zh'

export default {
  text: 'Dispatches, rulings, urging, time limits and bulletins. Once a ticket is opened or a notice marked as read, nobody reminds you of it again.',
  unreadOnly: 'Unread only',
  readAll: 'Mark all as read',
  count: '{n} unread',
  none: 'No notices',
  noneText: 'What waits for you is told here.',
  noneUnread: 'Nothing unread',
  at: 'Time',
  what: 'Notice',
  ticket: 'Ticket',
  state: 'State',
  acts: 'Acts',
  unread: 'unread',
  read: 'read',
  urgent: 'urgent',
  open: 'Open',
  markRead: 'Mark as read',
} satisfies English<typeof zh>
