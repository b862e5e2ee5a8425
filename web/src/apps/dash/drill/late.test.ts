import { expect, it } from 'vitest'
import { sampleTicket } from '@/shared/ticket/sample-ticket'
import type { TicketSummary } from '@/shared/ticket/types'
import { lateRows } from './late'

const unlimited: TicketSummary = { ...sampleTicket }
delete unlimited.handle_due_at
delete unlimited.next_due_at

const at = (text: string): number => Date.parse(text)
const ticket = (ticket_no: string, handle_due_at?: string): TicketSummary => ({
  ...unlimited,
  ticket_no,
  ...(handle_due_at ? { handle_due_at } : {}),
})

it('34: the breach list goes by time left: the longest overdue first, then what is soon due', () => {
  const rows = lateRows(
    [
      ticket('next week', '2026-12-05T00:00:00Z'),
      ticket('soon', '2026-11-28T01:00:00Z'),
      ticket('no limit'),
      ticket('late', '2026-11-27T00:00:00Z'),
      ticket('later', '2026-11-20T00:00:00Z'),
    ],
    at('2026-11-27T02:00:00Z'),
  )
  expect(rows.map(({ ticket: { ticket_no }, over }) => [ticket_no, over])).toEqual([
    ['later', true],
    ['late', true],
    ['soon', false],
  ])
})
