import { newKey } from '@/shared/api/idempotency'
import type { TicketSummary } from '@/shared/ticket/types'
import { showToast } from '@/ui/toasts'
import { t } from '../i18n'
import { phone } from './phone'
import { ofTicket } from './queue'

/** Time in which a signature can be taken back, ms. */
export const undoTime = 5000

/** Two quick taps are one. */
const tapped = new Set<string>()

/**
 * One tap signs, with a network or without: it is written down at once under the version that was on the screen, and
 * sent when five seconds have passed without "undo". Closing the page does not lose it.
 */
export async function sign(ticket: TicketSummary): Promise<void> {
  const no = ticket.ticket_no
  if (tapped.has(no)) return
  const signed = ofTicket(no).some((item) => item.kind === 'act' && item.action === 'sign_for')
  if (signed) return
  tapped.add(no)
  const { sign: write, takeBack } = await phone()
  const item = await write(no, ticket.version, newKey(), undoTime).finally(() => tapped.delete(no))
  const undo = async (): Promise<void> => {
    if (!(await takeBack(item))) showToast({ text: t('undoLate'), tone: 'bad' })
  }
  showToast({
    text: t('signed', { no }),
    tone: 'ok',
    lasts: undoTime,
    action: { label: t('undo'), run: () => void undo() },
  })
}
