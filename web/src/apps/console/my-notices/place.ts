import type { components } from '@/shared/api/schema'

export type Notice = components['schemas']['Notice']

const inTheConsole = /^\/console#(\/.*)$/

/** Where in the console what a notice is about can be seen; nowhere when it is for the phone alone. */
export function placeOf(
  notice: Pick<Notice, 'url' | 'ticket_no'>,
  readsTickets: boolean,
): string | undefined {
  const told = inTheConsole.exec(notice.url)?.[1]
  if (told !== undefined) return told
  return notice.ticket_no && readsTickets ? `/tickets/${notice.ticket_no}` : undefined
}
