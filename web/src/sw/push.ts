/** What the server sends: no names, no numbers but the ticket's. */
export interface Pushed {
  id: string
  tag: string
  title: string
  body: string
  url: string
  ticketNo: string
}

export type Message = { kind: 'notice'; notice: Pushed } | { kind: 'wipe' } | { kind: 'unknown' }

const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''

export function parsePush(json: string): Message {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return { kind: 'unknown' }
  }
  if (typeof value !== 'object' || value === null) return { kind: 'unknown' }
  const fields = value as Record<string, unknown>
  if (fields['wipe'] === true) return { kind: 'wipe' }
  const [id, title] = [text(fields['id']), text(fields['title'])]
  if (!id || !title) return { kind: 'unknown' }
  const ticketNo = text(fields['ticket_no'])
  return {
    kind: 'notice',
    notice: {
      id,
      title,
      ticketNo,
      tag: text(fields['tag']) || ticketNo || id,
      body: text(fields['body']),
      url: text(fields['url']),
    },
  }
}

/** Where a press leads: into this app and nowhere else. */
export function addressIn(url: string, origin: string): string {
  try {
    const wanted = new URL(url, origin)
    if (wanted.origin === origin && wanted.pathname === '/mobile') return wanted.href
  } catch {
    // no address at all
  }
  return `${origin}/mobile`
}

/** What is shown when a push cannot be read: browsers demand that something is. */
export const unreadable: Pushed = {
  id: '',
  tag: 'hotline',
  title: '企盼渭来',
  body: '有新的工单消息 · News about your tickets',
  url: '/mobile',
  ticketNo: '',
}

export function optionsOf(notice: Pushed): NotificationOptions {
  return {
    body: notice.body,
    // One for each ticket: the newest takes the place of the one before.
    tag: notice.tag,
    icon: '/icons/icon-192.png',
    badge: '/icons/icon-192.png',
    data: { url: notice.url, id: notice.id },
  }
}
