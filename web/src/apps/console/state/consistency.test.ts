import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LiveClient } from '@/shared/live/live-client'
import { Office, type Connection } from '@/shared/live/server-model'
import type { TicketSummary } from '@/shared/ticket/types'
import { changedTicket, isMany } from './feed'
import { anyTicket } from './list-filter'
import { createTicketList } from './ticket-list'

/** Repeatable chance. */
function dice(seed: number) {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return { next, below: (n: number): number => Math.floor(next() * n) }
}

type Request = (answer: Response | Error) => void

const ticket = (no: string, version: number): TicketSummary => ({
  ticket_no: no,
  version,
  state: 'handling',
  title: `第${version}版`,
  type: 'help',
  topic: '用电',
  urgency: 'normal',
  channel: 'web',
  accepted_at: '2026-11-23T01:00:00Z',
  round: 1,
})

/** A page of the console before a server, with a bad line between them. */
function world(seed: number) {
  const chance = dice(seed)
  const office = new Office<TicketSummary>()
  const list = createTicketList()
  // Lists asked for: each is of the moment the server made it, and arrives when it arrives.
  const asked: Request[] = []
  const made: { request: Request; text: string }[] = []
  vi.stubGlobal(
    'fetch',
    () =>
      new Promise<Response>((resolve, reject) =>
        asked.push((answer) => (answer instanceof Response ? resolve(answer) : reject(answer))),
      ),
  )
  const client = new LiveClient({
    topics: ['tickets'],
    fetchTicket: () => Promise.resolve('once'),
    open: office.open,
    onEvent(event) {
      const changed = changedTicket(event)
      if (changed) list.take(changed)
      else if (isMany(event)) list.freshen.call()
    },
    onResync: () => list.freshen.call(),
    random: chance.next,
  })

  const line = (): Connection<TicketSummary> | undefined => office.connections.at(-1)
  const some = (): string => `WN${chance.below(60)}`
  const next = (no: string) => ticket(no, (office.tickets.get(no)?.version ?? 0) + 1)

  function make(): void {
    const request = asked.shift()
    const items = [...office.tickets.values()]
    if (request) made.push({ request, text: JSON.stringify({ items, total: items.length }) })
  }
  function arrive(): void {
    const [one] = made.splice(chance.below(made.length), 1)
    const headers = { 'content-type': 'application/json' }
    one?.request(new Response(one.text, { headers }))
  }
  function lose(): void {
    const [one] = made.splice(chance.below(made.length), 1)
    one?.request(new TypeError('network'))
  }
  /** Of numbered frames one is lost, doubled, or overtaken by the next. */
  function disturb(): void {
    const down = line()?.down ?? []
    const at = chance.below(down.length)
    const [one, other] = [down[at], down[at + 1]]
    if (!one?.startsWith('{"n"')) return
    const kind = chance.below(3)
    if (kind === 0) down.splice(at, 1)
    else if (kind === 1) down.splice(at, 0, one)
    else if (other?.startsWith('{"n"')) down.splice(at, 2, other, one)
  }

  const goesOn: readonly (() => unknown)[] = [
    () => line()?.opens(),
    () => line()?.reads(),
    () => line()?.replays(),
    () => line()?.writes(1 + chance.below(4)),
    () => line()?.hears(1 + chance.below(4)),
    make,
    arrive,
    () => office.change(next(some())),
  ]
  const disturbs: readonly (() => unknown)[] = [
    () => Array.from({ length: 12 }, () => office.change(next(some()))),
    () => {
      for (let n = 0; n < 3; n++) office.put(next(some()))
      office.many(3)
    },
    lose,
    disturb,
    disturb,
    disturb,
    () => line()?.cut(),
    () => chance.below(4) === 0 && office.loseFeed(),
    () => client.wake(),
    () => vi.advanceTimersByTimeAsync(chance.below(4000)),
  ]
  const anyOf = (list: readonly (() => unknown)[]) => list[chance.below(list.length)]?.()

  async function settle(): Promise<void> {
    office.change(next(some())) // a frame lost at the very end shows by the next one
    client.wake()
    for (let turn = 0; turn < 12; turn++) {
      const one = line()
      one?.opens()
      one?.reads()
      one?.reads()
      one?.replays()
      one?.writes(100)
      one?.hears(100)
      while (asked.length > 0) make()
      while (made.length > 0) arrive()
      await vi.advanceTimersByTimeAsync(turn % 3 === 2 ? 2100 : 0)
    }
  }

  return {
    begin: async () => {
      void list.show(anyTicket)
      client.start()
      await vi.advanceTimersByTimeAsync(0)
    },
    disturbed: async () => {
      await anyOf(disturbs)
      for (let step = 0; step < 8; step++) {
        await anyOf(goesOn)
        await vi.advanceTimersByTimeAsync(0)
      }
    },
    settle,
    end: () => {
      client.stop()
      list.freshen.stop()
    },
    known: () => versions(list.rows.value),
    real: () => versions([...office.tickets.values()]),
  }
}

const versions = (tickets: readonly TicketSummary[]): string[] =>
  tickets.map((one) => `${one.ticket_no} ${one.title}`).sort()

describe('13: the list on the screen and the server', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  /** Lives of ten comparisons each, with so many disturbances before every one of them. */
  async function compared(disturbances: number, burst: number): Promise<number> {
    let times = 0
    for (let seed = 1; times * burst < disturbances; seed++) {
      const { begin, disturbed, settle, end, known, real } = world(seed)
      await begin()
      for (let round = 0; round < 10; round++) {
        for (let step = 0; step < burst; step++) await disturbed()
        await settle()
        expect(known(), `seed ${seed}, round ${round}`).toEqual(real())
        times++
      }
      end()
    }
    return times
  }

  it('13: are the same after each of ten thousand drops, delays and reorderings', async () => {
    expect(await compared(10_000, 1)).toBe(10_000)
  }, 120_000)

  it('13: are the same when eight of them come before the line has settled', async () => {
    expect(await compared(2000, 8)).toBe(250)
  }, 120_000)
})
