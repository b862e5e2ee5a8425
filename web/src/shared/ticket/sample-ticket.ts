import type { Ticket } from './types'

/** For tests: a ticket that is handled, with nothing special about it. */
export const sampleTicket: Ticket = {
  ticket_no: 'WN202611230000017',
  version: 3,
  state: 'handling',
  title: '停电',
  type: 'help',
  topic: '用电',
  urgency: 'normal',
  channel: 'web',
  accepted_at: '2026-11-23T01:00:00Z',
  round: 1,
  content: '停电了',
  clocks: [],
  attachments: [],
  can_attach: false,
  allowed_actions: ['first_contact'],
}
