import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LiveClient, type LiveOptions, type Socket } from './live-client'
import { backOff, parseFrame, Sequence } from './sequence'

class FakeSocket implements Socket {
  sent: unknown[] = []
  closed = false
  onopen: Socket['onopen'] = null
  onmessage: Socket['onmessage'] = null
  onclose: Socket['onclose'] = null

  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }
  close(): void {
    this.closed = true
  }
  opens(): void {
    this.onopen?.(new Event('open'))
  }
  says(frame: unknown): void {
    this.saysTogether([frame])
  }
  saysTogether(frames: readonly unknown[]): void {
    const data = frames.map((frame) => JSON.stringify(frame)).join('\n')
    this.onmessage?.(new MessageEvent('message', { data }))
  }
  breaks(): void {
    this.onclose?.(new Event('close') as CloseEvent)
  }
}

const event = (n: number, id: string) => ({
  n,
  id,
  topic: 'tickets',
  type: 'ticket_changed',
  data: {},
})

function setUp(over: Partial<LiveOptions> = {}) {
  const sockets: FakeSocket[] = []
  const seen: string[] = []
  const onResync = vi.fn()
  const statuses: string[] = []
  const client = new LiveClient({
    topics: ['tickets'],
    fetchTicket: () => Promise.resolve('once'),
    open: () => {
      const socket = new FakeSocket()
      sockets.push(socket)
      return socket
    },
    onEvent: (e) => seen.push(e.id),
    onResync,
    onStatus: (status) => statuses.push(status),
    random: () => 0,
    ...over,
  })
  const socket = (index: number): FakeSocket => {
    const found = sockets[index]
    if (!found) throw new Error(`no socket ${index}`)
    return found
  }
  return { client, sockets, socket, seen, onResync, statuses }
}

const settle = () => vi.advanceTimersByTimeAsync(0)

describe('live client', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('subscribes and asks for the lists once, as nothing was followed before', async () => {
    const { client, socket, onResync, statuses } = setUp()
    client.start()
    await settle()
    socket(0).opens()
    expect(socket(0).sent).toEqual([{ op: 'subscribe', topics: ['tickets'], lines: true }])
    expect(onResync).not.toHaveBeenCalled()
    socket(0).says({ op: 'subscribed', topics: ['tickets'] })
    expect(onResync).toHaveBeenCalledTimes(1)
    expect(statuses).toEqual(['connecting', 'open'])
  })

  it('resumes after the last event it has seen', async () => {
    const { client, socket, seen, onResync } = setUp()
    client.start()
    await settle()
    socket(0).opens()
    socket(0).says({ op: 'subscribed', topics: ['tickets'] })
    socket(0).says(event(1, 'a'))
    socket(0).says(event(2, 'b'))
    socket(0).breaks()
    await vi.advanceTimersByTimeAsync(500)
    socket(1).opens()
    expect(socket(1).sent).toEqual([
      { op: 'subscribe', topics: ['tickets'], lines: true, since: 'b' },
    ])
    socket(1).says({ op: 'subscribed', topics: ['tickets'] })
    socket(1).says(event(1, 'c'))
    expect(seen).toEqual(['a', 'b', 'c'])
    expect(onResync).toHaveBeenCalledTimes(1)
  })

  it('connects anew when an event is missing, from the last one before the hole', async () => {
    const { client, socket, seen } = setUp()
    client.start()
    await settle()
    socket(0).opens()
    socket(0).says(event(1, 'a'))
    socket(0).says(event(3, 'c'))
    await settle()
    expect(seen).toEqual(['a'])
    expect(socket(0).closed).toBe(true)
    socket(1).opens()
    expect(socket(1).sent).toEqual([
      { op: 'subscribe', topics: ['tickets'], lines: true, since: 'a' },
    ])
  })

  it('takes events that waited together line by line, up to a hole', async () => {
    const { client, socket, seen } = setUp()
    client.start()
    await settle()
    socket(0).opens()
    socket(0).saysTogether([event(1, 'a'), event(2, 'b')])
    expect(seen).toEqual(['a', 'b'])
    socket(0).saysTogether([event(3, 'c'), event(5, 'e'), event(6, 'f')])
    await settle()
    expect(seen).toEqual(['a', 'b', 'c'])
    expect(socket(0).closed).toBe(true)
    socket(1).opens()
    expect(socket(1).sent).toMatchObject([{ since: 'c' }])
  })

  it('drops an event that comes twice', async () => {
    const { client, socket, seen } = setUp()
    client.start()
    await settle()
    socket(0).opens()
    socket(0).says(event(1, 'a'))
    socket(0).says(event(1, 'a'))
    expect(seen).toEqual(['a'])
  })

  it('fetches the lists when the server cannot resume', async () => {
    const { client, socket, onResync } = setUp()
    client.start()
    await settle()
    socket(0).opens()
    socket(0).says({ op: 'subscribed', topics: ['tickets'] })
    socket(0).says(event(1, 'a'))
    socket(0).says({ op: 'resync' })
    expect(onResync).toHaveBeenCalledTimes(2)
  })

  it('gives up a socket that does not answer a ping', async () => {
    const { client, sockets, socket } = setUp()
    client.start()
    await settle()
    socket(0).opens()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(socket(0).sent.at(-1)).toEqual({ op: 'ping' })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(sockets).toHaveLength(2)
  })

  it('keeps a socket that does answer', async () => {
    const { client, sockets, socket } = setUp()
    client.start()
    await settle()
    socket(0).opens()
    await vi.advanceTimersByTimeAsync(20_000)
    socket(0).says({ op: 'pong' })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(sockets).toHaveLength(1)
  })

  it('waits longer after each failure', async () => {
    const fetchTicket = vi.fn(() => Promise.resolve(undefined))
    const { client } = setUp({ fetchTicket })
    client.start()
    await settle()
    await vi.advanceTimersByTimeAsync(250)
    expect(fetchTicket).toHaveBeenCalledTimes(2)
    await vi.advanceTimersByTimeAsync(250)
    expect(fetchTicket).toHaveBeenCalledTimes(2)
    await vi.advanceTimersByTimeAsync(250)
    expect(fetchTicket).toHaveBeenCalledTimes(3)
  })

  it('wakes at once instead of waiting', async () => {
    const { client, sockets, socket } = setUp({ random: () => 1 })
    client.start()
    await settle()
    socket(0).opens()
    socket(0).breaks()
    client.wake()
    await settle()
    expect(sockets).toHaveLength(2)
  })

  it('stays away once stopped', async () => {
    const { client, sockets, socket } = setUp()
    client.start()
    await settle()
    socket(0).opens()
    client.stop()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(sockets).toHaveLength(1)
    expect(socket(0).closed).toBe(true)
  })
})

describe('where the person of a page is', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const editing = { ticket: 'WN1', doing: 'editing' } as const

  it('15: is said once, and again on every new connection', async () => {
    const { client, socket } = setUp()
    client.at(editing)
    client.start()
    await settle()
    socket(0).opens()
    expect(socket(0).sent.at(-1)).toEqual({ op: 'at', ...editing })
    client.at({ ...editing })
    expect(socket(0).sent).toHaveLength(2)
    socket(0).breaks()
    await vi.advanceTimersByTimeAsync(500)
    socket(1).opens()
    expect(socket(1).sent.at(-1)).toEqual({ op: 'at', ...editing })
    client.at(undefined)
    expect(socket(1).sent.at(-1)).toEqual({ op: 'at' })
  })

  it('15: waits while there is no connection, and only the last place counts', async () => {
    const { client, socket } = setUp()
    client.start()
    await settle()
    client.at({ ticket: 'WN1', doing: 'viewing' })
    client.at(undefined)
    socket(0).opens()
    expect(socket(0).sent).toEqual([{ op: 'subscribe', topics: ['tickets'], lines: true }])
  })
})

describe('frames and sequence', () => {
  it('reads what the feed may send and survives the rest', () => {
    expect(parseFrame('{"op":"hello","server_time":"2026-11-23T00:00:00Z"}')).toEqual({
      kind: 'hello',
      serverTime: Date.parse('2026-11-23T00:00:00Z'),
    })
    expect(parseFrame('{"type":"presence","ticket_no":"WN1","people":[]}')).toMatchObject({
      kind: 'word',
      type: 'presence',
    })
    expect(parseFrame('nonsense').kind).toBe('unknown')
    expect(parseFrame('{"n":"1"}').kind).toBe('unknown')
  })

  it('tells the next from a repeated and from a gap', () => {
    const sequence = new Sequence()
    expect([1, 1, 2, 4, 3].map((n) => sequence.take(n))).toEqual([
      'next',
      'repeated',
      'next',
      'gap',
      'next',
    ])
  })

  it('doubles the wait up to half a minute', () => {
    expect(backOff(0, () => 1)).toBe(500)
    expect(backOff(3, () => 0)).toBe(2000)
    expect(backOff(30, () => 1)).toBe(30_000)
  })
})
