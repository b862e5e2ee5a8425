/** What the live feed sends. */
export interface LiveEvent {
  n: number
  id: string
  topic: string
  type: string
  data: unknown
}

export type Frame =
  | { kind: 'hello'; serverTime: number }
  | { kind: 'pong' }
  | { kind: 'subscribed' }
  | { kind: 'resync' }
  | { kind: 'event'; event: LiveEvent }
  /** To this page alone, not numbered, never replayed: a notice, the order to wipe, who is here. */
  | { kind: 'word'; type: string; data: Record<string, unknown> }
  | { kind: 'unknown' }

const words = new Set(['notice', 'wipe', 'presence'])

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

export function parseFrame(text: string): Frame {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { kind: 'unknown' }
  }
  if (!isRecord(value)) return { kind: 'unknown' }
  if (value['op'] === 'hello')
    return { kind: 'hello', serverTime: Date.parse(String(value['server_time'])) }
  if (value['op'] === 'pong') return { kind: 'pong' }
  if (value['op'] === 'subscribed') return { kind: 'subscribed' }
  if (value['op'] === 'resync') return { kind: 'resync' }
  const { n, id, topic, type, data } = value
  if (n === undefined && typeof type === 'string' && words.has(type))
    return { kind: 'word', type, data: value }
  if (
    typeof n !== 'number' ||
    typeof id !== 'string' ||
    typeof topic !== 'string' ||
    typeof type !== 'string'
  )
    return { kind: 'unknown' }
  return { kind: 'event', event: { n, id, topic, type, data } }
}

/** Counts the events of one connection: a gap means that something was lost on the way. */
export class Sequence {
  #last = 0

  take(n: number): 'next' | 'repeated' | 'gap' {
    if (n === this.#last + 1) {
      this.#last = n
      return 'next'
    }
    return n <= this.#last ? 'repeated' : 'gap'
  }

  restart(): void {
    this.#last = 0
  }
}

/** Wait before attempt `attempt` (0, 1, …), ms: doubling to 30 s, with jitter against herds. */
export function backOff(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(30_000, 500 * 2 ** attempt)
  return ceiling / 2 + (random() * ceiling) / 2
}
