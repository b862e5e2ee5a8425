import { shallowReactive } from 'vue'
import { newKey } from '@/shared/api/idempotency'
import { etagOf, fetchTicket, sendAct } from '@/shared/ticket/use-ticket'
import type { Ticket } from '@/shared/ticket/types'
import { showToast } from '@/ui/toasts'
import { t } from '../i18n'
import { tickets } from './my-tickets'

/** Time in which a signature can be taken back, ms. */
export const undoTime = 5000

const pending = shallowReactive(new Map<string, () => void>())

export const isSigning = (ticketNo: string): boolean => pending.has(ticketNo)

function refused(why: string): void {
  showToast({ text: t('notSigned', { why }), tone: 'bad', lasts: 10_000 })
}

/**
 * One tap signs; for five seconds it can be undone, then it is sent under the version that was on
 * the screen at the tap. Closing the page does not lose it.
 */
export async function sign(ticketNo: string, onSigned?: (ticket: Ticket) => void): Promise<void> {
  if (pending.has(ticketNo)) return
  pending.set(ticketNo, () => undefined)
  const seen = await fetchTicket(ticketNo)
  if (!seen.ok) {
    pending.delete(ticketNo)
    return refused(seen.problem.detail)
  }

  const key = newKey()
  const send = async (keepalive: boolean): Promise<void> => {
    const answer = await sendAct(ticketNo, 'sign_for', {}, etagOf(seen), key, keepalive)
    pending.delete(ticketNo)
    if (!answer.ok) return refused(answer.problem.detail)
    tickets.merge([answer.data])
    onSigned?.(answer.data)
  }
  const take = showToast({
    text: t('signed', { no: ticketNo }),
    tone: 'ok',
    lasts: undoTime,
    action: { label: t('undo'), run: () => pending.delete(ticketNo) },
    onExpire: () => void send(false),
  })
  pending.set(ticketNo, () => {
    take()
    void send(true)
  })
}

/** The page goes away: what was tapped and not undone is sent now. */
export function flushSignatures(): void {
  for (const flush of [...pending.values()]) flush()
}

addEventListener('pagehide', flushSignatures)
