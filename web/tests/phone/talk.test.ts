import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { components } from '../../src/shared/api/schema'
import { until } from '../e2e/api'
import { Caller, Telephones, type Noted } from './callers'
import { Agent, askPbx, callIs, legs, note, type Call } from './line'
import { endAll } from './sipp'

type Command = components['schemas']['CallCommand']
type Action = Command['action']

let first: Agent
let second: Agent
let desks: Telephones

beforeAll(async () => {
  first = await Agent.logsIn('agent01')
  second = await Agent.logsIn('agent02')
  desks = Telephones.start('desk')
  await desks.at(first.extension, second.extension)
})

afterEach(async () => {
  for (const agent of [first, second]) await agent.away()
  await until(
    () => Promise.resolve(legs()),
    (open) => open === 0,
    40,
  )
})

afterAll(endAll)

interface Talk {
  caller: Caller
  call: Call
  /** At the first agent's telephone. */
  here: Noted
}

async function talkOf(number: string): Promise<Talk> {
  await first.ready()
  const caller = Caller.calls(number)
  const here = await desks.heard('talk', number)
  const call = await callIs(number, ({ state }) => state === 'talking')
  // Nobody asks for anything in his first second.
  await until(
    () => Promise.resolve(Date.now() - here.at),
    (ms) => ms > 1500,
  )
  return { caller, here, call }
}

/** Asks by the console's interface, and again with the same key until it is over; how long that took. */
async function ask({ call }: Talk, action: Action, to: object = {}): Promise<number> {
  const began = Date.now()
  const key = { 'Idempotency-Key': randomUUID() }
  const ended = await until(
    () => first.client.send<Command>('POST', `/calls/${call.call_id}/actions/${action}`, to, key),
    ({ state }) => state === 'done' || state === 'failed',
    20,
  )
  expect(ended, ended.message).toMatchObject({ state: 'done' })
  return Date.now() - began
}

/** How many callers and telephones are in the bridge whose name begins so. */
const inBridge = (name: string): number =>
  askPbx('core show channels concise')
    .split('\n')
    .filter((line) => line.startsWith('PJSIP/') && line.includes(`!${name}`)).length
const comesToBe = (name: string, many: number): Promise<number> =>
  until(
    () => Promise.resolve(inBridge(name)),
    (there) => there === many,
  )

const talkAt = (agent: Agent, since: number): Promise<Noted | undefined> =>
  until(
    () =>
      Promise.resolve(
        desks
          .notes()
          .find(
            ({ what, at, extension }) =>
              what === 'talk' && extension === agent.extension && at >= since,
          ),
      ),
    (found) => found !== undefined,
    20,
  )

async function colleague(): Promise<{ to_user_id: number }> {
  const { items } = await first.client.get<{ items: { user_id: number; extension: string }[] }>(
    '/agents/colleagues',
  )
  const found = items.find(({ extension }) => extension === second.extension)
  expect(found, 'the second agent among the colleagues').toBeDefined()
  return { to_user_id: found?.user_id ?? 0 }
}

it('held, taken back and hung up from the console', async () => {
  const talk = await talkOf('13900002001')
  const held = await ask(talk, 'hold')
  expect(await comesToBe('hold-', 1)).toBe(1)
  const back = await ask(talk, 'resume')
  expect(await comesToBe('conv-', 2)).toBe(2)
  await ask(talk, 'hang_up')
  await first.comesTo('wrap_up')
  await callIs(talk.caller.number, ({ state }) => state === 'ended')
  await talk.caller.leaves()
  await talk.caller.over()
  note(
    'held, taken back, hung up from the console',
    `done ${String(held)} and ${String(back)} ms after it was asked for; music meanwhile`,
  )
})

it('handed on to a colleague: he talks with the caller, who gave him away wraps it up', async () => {
  const talk = await talkOf('13900002002')
  const to = await colleague()
  const began = Date.now()
  await ask(talk, 'transfer', to)
  const there = await talkAt(second, began - 1000)
  await first.comesTo('wrap_up')
  expect(await comesToBe('conv-', 2)).toBe(2)
  expect(legs(first.extension)).toBe(0)
  await talk.caller.leaves()
  await talk.caller.over()
  await callIs(talk.caller.number, ({ state }) => state === 'ended')
  note(
    'transfer to a colleague',
    `he talked ${((there?.at ?? 0) - began).toFixed(0)} ms after it was asked for; the first wraps it up`,
  )
})

it('three talk, and the two who stay go on when the agent leaves', async () => {
  const talk = await talkOf('13900002003')
  const to = await colleague()
  const began = Date.now()
  await ask(talk, 'conference', to)
  await talkAt(second, began - 1000)
  expect(await comesToBe('conv-', 3)).toBe(3)
  await desks.hangsUp(talk.here)
  expect(await comesToBe('conv-', 2)).toBe(2)
  expect(legs(second.extension)).toBe(1)
  await talk.caller.leaves()
  await talk.caller.over()
  await callIs(talk.caller.number, ({ state }) => state === 'ended')
  note('three-way talk', 'three in one bridge; caller and colleague went on when the agent left')
})
