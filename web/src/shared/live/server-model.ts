import type { Socket } from './live-client'

/** For tests: anything that has a number of its own and versions. */
export interface Versioned {
  ticket_no: string
  version: number
}

interface Message<T> {
  id: string
  type: 'ticket_changed' | 'tickets_many'
  data: T | { count: number }
}

const queueOf = 16
const kept = 24

/** One connection: the hub's half with its numbering and queue, and both ways of the wire. */
export class Connection<T extends Versioned> implements Socket {
  onopen: Socket['onopen'] = null
  onmessage: Socket['onmessage'] = null
  onclose: Socket['onclose'] = null
  readonly up: string[] = []
  /** On the wire to the page. */
  readonly down: string[] = []
  #queue: string[] = []
  #held: Message<T>[] = []
  #since: string | undefined
  #opened = false
  #listens = false
  #holds = false
  #number = 0
  over = false

  constructor(private readonly office: Office<T>) {}

  send(text: string): void {
    if (!this.over) this.up.push(text)
  }
  close(): void {
    this.over = true
  }
  opens(): void {
    if (this.over || this.#opened) return
    this.#opened = true
    this.onopen?.(new Event('open'))
  }
  /** The line is cut: what is under way is lost both ways. */
  cut(): void {
    if (this.over) return
    this.over = true
    this.onclose?.(new Event('close') as CloseEvent)
  }

  /** The server reads what the page said. */
  reads(): void {
    const text = this.up.shift()
    if (text === undefined || this.over) return
    const { op, since } = JSON.parse(text) as { op: string; since?: string }
    if (op === 'ping') return this.#say({ op: 'pong' })
    if (op !== 'subscribe') return
    this.#listens = true
    this.#holds = since !== undefined
    this.#since = since
    this.#say({ op: 'subscribed', topics: ['tickets'] })
  }

  /** The answer to a `since` comes later; changes meanwhile wait behind it. */
  replays(): void {
    if (!this.#holds || this.over) return
    const found = this.office.after(this.#since ?? '')
    const held = this.#held
    // A replay that fills the queue would only end the session.
    const fits = found !== undefined && found.length + held.length <= queueOf / 2
    const replayed = fits ? found : undefined
    this.#held = []
    this.#holds = false
    if (!replayed) this.#say({ op: 'resync' })
    const known = new Set(replayed?.map(({ id }) => id))
    const first = replayed ?? []
    for (const message of [...first, ...held.filter(({ id }) => !known.has(id))]) this.take(message)
  }

  take(message: Message<T>): void {
    if (!this.#listens || this.over) return
    if (this.#holds) this.#held.push(message)
    else this.#push(JSON.stringify({ topic: 'tickets', ...message }))
    if (this.#held.length > queueOf) this.cut()
  }

  /** The server writes; each message gets its number when it is written. */
  writes(most: number): void {
    for (const text of this.#queue.splice(0, most))
      this.down.push(text.startsWith('{"op"') ? text : `{"n":${++this.#number},${text.slice(1)}`)
  }

  /** The page hears. */
  hears(most: number): void {
    for (const text of this.down.splice(0, most))
      if (!this.over) this.onmessage?.(new MessageEvent('message', { data: text }))
  }

  #say(frame: object): void {
    this.#push(JSON.stringify(frame))
  }

  #push(text: string): void {
    if (this.#queue.length >= queueOf)
      this.cut() // 1013
    else this.#queue.push(text)
  }
}

/** For tests: the server, with `server/live/hub.cpp`'s numbering, replay, holding and bounds. */
export class Office<T extends Versioned> {
  readonly tickets = new Map<string, T>()
  readonly #feed: Message<T>[] = []
  /** A feed that was lost is another one: its places mean nothing to the next. */
  #era = 0
  connections: Connection<T>[] = []

  open = (): Connection<T> => {
    const connection = new Connection(this)
    this.connections = [...this.connections.filter((one) => !one.over), connection]
    return connection
  }

  put(ticket: T): void {
    this.tickets.set(ticket.ticket_no, ticket)
  }
  change(ticket: T): void {
    this.put(ticket)
    this.#publish('ticket_changed', ticket)
  }
  many(count: number): void {
    this.#publish('tickets_many', { count })
  }
  loseFeed(): void {
    this.#era++
    this.#feed.length = 0
    for (const one of this.connections) one.cut()
  }

  after(since: string): Message<T>[] | undefined {
    const [era, place] = since.split('-').map(Number)
    const gone = this.#feed.length - (place ?? 0) > kept
    return era !== this.#era || gone ? undefined : this.#feed.slice(place)
  }

  #publish(type: Message<T>['type'], data: Message<T>['data']): void {
    const message = { id: `${this.#era}-${this.#feed.length + 1}`, type, data }
    this.#feed.push(message)
    for (const one of this.connections) one.take(message)
  }
}
