import { backOff, parseFrame, Sequence, type LiveEvent } from './sequence'

export type LiveStatus = 'connecting' | 'open' | 'waiting' | 'closed'

/** The part of a WebSocket that is used; tests bring their own. */
export interface Socket {
  send(text: string): void
  close(): void
  onopen: ((event: Event) => void) | null
  onmessage: ((event: MessageEvent) => void) | null
  onclose: ((event: CloseEvent) => void) | null
}

/** Where this page's person is: reading a ticket, or with a form of it open. */
export interface Place {
  ticket: string
  doing: 'viewing' | 'editing'
}

export interface LiveOptions {
  topics: readonly string[]
  /** One-time ticket for the handshake; undefined when it could not be had. */
  fetchTicket: () => Promise<string | undefined>
  open: (ticket: string) => Socket
  onEvent: (event: LiveEvent) => void
  /**
   * Nothing to resume from: fetch the lists (anew). Also called on the first subscription, since
   * something may have happened between the page's first fetch and the feed.
   */
  onResync: () => void
  /** Beside the topics: see `Frame`. */
  onWord?: (type: string, data: Record<string, unknown>) => void
  onStatus?: (status: LiveStatus) => void
  onServerTime?: (serverTime: number, askedAt: number) => void
  random?: () => number
}

const pingEvery = 20_000
const pongWithin = 5_000

/** One WebSocket that resumes where it broke off, and says so when it cannot. */
export class LiveClient {
  #socket: Socket | undefined
  #sequence = new Sequence()
  #since: string | undefined
  #place: Place | undefined
  #attempt = 0
  #generation = 0
  #open = false
  #stopped = true
  #openedAt = 0
  #retry: ReturnType<typeof setTimeout> | undefined
  #ping: ReturnType<typeof setTimeout> | undefined
  #pong: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly options: LiveOptions) {}

  start(): void {
    if (!this.#stopped) return
    this.#stopped = false
    void this.#connect()
  }

  stop(): void {
    this.#stopped = true
    this.#drop()
    this.#say('closed')
  }

  /** The page woke up or the network came back: do not wait for the timers. */
  wake(): void {
    if (this.#stopped) return
    if (this.#open) return this.#sendPing()
    this.#attempt = 0
    void this.#connect()
  }

  /** Said now, and again after every new connection: the server forgets it with the old one. */
  at(place: Place | undefined): void {
    if (place?.ticket === this.#place?.ticket && place?.doing === this.#place?.doing) return
    this.#place = place
    if (this.#open) this.#sayPlace()
  }

  #sayPlace(): void {
    this.#socket?.send(JSON.stringify({ op: 'at', ...this.#place }))
  }

  async #connect(): Promise<void> {
    this.#drop()
    const generation = this.#generation
    this.#say('connecting')
    const ticket = await this.options.fetchTicket().catch(() => undefined)
    if (this.#stopped || generation !== this.#generation) return
    if (ticket === undefined) return this.#later()

    this.#sequence.restart()
    this.#openedAt = Date.now()
    const socket = (this.#socket = this.options.open(ticket))
    const current = () => this.#socket === socket
    socket.onopen = () => current() && this.#subscribe(socket)
    socket.onmessage = (event) => {
      // Events that waited together come one a line; one of them may end this connection.
      for (const line of String(event.data).split('\n')) if (current()) this.#take(line)
    }
    socket.onclose = () => current() && this.#later()
  }

  #subscribe(socket: Socket): void {
    const since = this.#since
    socket.send(
      JSON.stringify({
        ...{ op: 'subscribe', topics: this.options.topics, lines: true },
        ...(since && { since }),
      }),
    )
    this.#open = true
    if (this.#place) this.#sayPlace()
    this.#attempt = 0
    this.#say('open')
    this.#schedulePing()
  }

  #take(text: string): void {
    const frame = parseFrame(text)
    switch (frame.kind) {
      case 'hello':
        this.options.onServerTime?.(frame.serverTime, this.#openedAt)
        break
      case 'pong':
        clearTimeout(this.#pong)
        break
      case 'subscribed':
        // Not before: what changed between a list and the feed would be in neither.
        if (this.#since === undefined) this.options.onResync()
        break
      case 'resync':
        this.#since = undefined
        this.options.onResync()
        break
      case 'word':
        this.options.onWord?.(frame.type, frame.data)
        break
      case 'event':
        this.#deliver(frame.event)
    }
  }

  #deliver(event: LiveEvent): void {
    switch (this.#sequence.take(event.n)) {
      case 'repeated':
        return
      case 'gap':
        // `since` still names the last event that did arrive, so a new connection fills the hole.
        void this.#connect()
        return
      case 'next':
        this.#since = event.id
        this.options.onEvent(event)
    }
  }

  #schedulePing(): void {
    clearTimeout(this.#ping)
    this.#ping = setTimeout(() => this.#sendPing(), pingEvery)
  }

  #sendPing(): void {
    clearTimeout(this.#pong)
    this.#socket?.send(JSON.stringify({ op: 'ping' }))
    this.#pong = setTimeout(() => void this.#connect(), pongWithin)
    this.#schedulePing()
  }

  #later(): void {
    this.#drop()
    if (this.#stopped) return
    this.#say('waiting')
    const wait = backOff(this.#attempt++, this.options.random)
    this.#retry = setTimeout(() => void this.#connect(), wait)
  }

  #drop(): void {
    this.#generation++
    this.#open = false
    for (const timer of [this.#retry, this.#ping, this.#pong]) clearTimeout(timer)
    const socket = this.#socket
    this.#socket = undefined
    socket?.close()
  }

  #say(status: LiveStatus): void {
    this.options.onStatus?.(status)
  }
}
