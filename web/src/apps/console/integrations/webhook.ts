import type { components } from '@/shared/api/schema'

export type Webhook = components['schemas']['Webhook']
export type WebhookEvent = components['schemas']['WebhookEvent']
export type Delivery = components['schemas']['WebhookDelivery']

/** In the order of a ticket's life. */
export const webhookEvents: readonly WebhookEvent[] = [
  'ticket.created',
  'ticket.dispatched',
  'ticket.signed',
  'ticket.contacted',
  'ticket.returned',
  'ticket.extended',
  'ticket.suspended',
  'ticket.resumed',
  'ticket.result_submitted',
  'ticket.resolved',
  'ticket.redo',
  'ticket.closed',
  'ticket.declined',
  'ticket.merged',
  'ticket.withdrawn',
  'ticket.card_yellow',
  'ticket.card_red',
  'ticket.overdue',
  'ticket.escalated',
  'ticket.urged',
]

export interface WebhookDraft {
  name: string
  url: string
  events: WebhookEvent[]
  active: boolean
}

export const draftOf = (webhook?: Webhook): WebhookDraft => ({
  name: webhook?.name ?? '',
  url: webhook?.url ?? '',
  events: [...(webhook?.events ?? [])],
  active: webhook?.active ?? true,
})

export const nameLimit = 80

/** What the page can see wrong before the server looks. */
export function webhookFaults({ name, url }: WebhookDraft): ['name' | 'url', 'missing' | 'long'][] {
  const found: ['name' | 'url', 'missing' | 'long'][] = []
  if (name.trim() === '') found.push(['name', 'missing'])
  else if ([...name.trim()].length > nameLimit) found.push(['name', 'long'])
  if (url.trim() === '') found.push(['url', 'missing'])
  return found
}

export type WebhookState = 'on' | 'off' | 'failing' | 'switchedOff'

/** Switched off counts before failing: it says that somebody, or the server, decided it. */
export function webhookState(webhook: Webhook): WebhookState {
  if (!webhook.active) return webhook.switched_off_at === undefined ? 'off' : 'switchedOff'
  return webhook.failures > 0 ? 'failing' : 'on'
}
