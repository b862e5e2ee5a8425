import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, expect } from 'vitest'
import type { components } from '../../src/shared/api/schema'
import { until, type Client } from '../e2e/api'
import { Caller, type Noted, type Telephones } from './callers'
import { askPbx, callIs, legs, type Agent, type Call } from './line'
import { endAll } from './sipp'

export type Command = components['schemas']['CallCommand']

export interface Talk {
  caller: Caller
  call: Call
  /** At the agent's telephone. */
  here: Noted
}

/** Whatever a test has left on the line is over before the next, and nobody of these is rung in it. */
export function eachLeavesNothing(agents: () => Agent[]): void {
  afterEach(async () => {
    for (const agent of agents()) await agent.away()
    try {
      await until(
        () => Promise.resolve(legs()),
        (open) => open === 0,
        40,
      )
    } finally {
      // What one test has left is no fault of the next.
      askPbx('channel request hangup all')
    }
  })
  afterAll(endAll)
}

/** Nobody asks for anything in the first second of a talk. */
export const hasBegun = ({ at }: Noted): Promise<number> =>
  until(
    () => Promise.resolve(Date.now() - at),
    (ms) => ms > 1500,
  )

export async function talkOf(agent: Agent, desks: Telephones, number: string): Promise<Talk> {
  await agent.ready()
  const caller = Caller.calls(number)
  const here = await desks.heard('talk', number)
  const call = await callIs(number, ({ state }) => state === 'talking')
  await hasBegun(here)
  return { caller, here, call }
}

/** Asks by the console's interface, and again with the same key until it is over; how long that took. */
export async function ask(client: Client, path: string, wish: object = {}): Promise<number> {
  const began = Date.now()
  const key = { 'Idempotency-Key': randomUUID() }
  const ended = await until(
    () => client.send<Command>('POST', path, wish, key),
    ({ state }) => state === 'done' || state === 'failed',
    20,
  )
  expect(ended, ended.message).toMatchObject({ state: 'done' })
  return Date.now() - began
}

export const act = (client: Client, { call }: Talk, action: Command['action'], to: object = {}) =>
  ask(client, `/calls/${call.call_id}/actions/${action}`, to)

/** How many callers and telephones, or other channels, are in the bridge whose name begins so. */
export const inBridge = (name: string, channels = 'PJSIP/'): number =>
  askPbx('core show channels concise')
    .split('\n')
    .filter((line) => line.startsWith(channels) && line.includes(`!${name}`)).length

export const comesToBe = (name: string, many: number): Promise<number> =>
  until(
    () => Promise.resolve(inBridge(name)),
    (there) => there === many,
  )

/** Waits for a talk at one extension, whoever calls. */
export async function talkAt(desks: Telephones, extension: string, since: number): Promise<Noted> {
  const found = await until(
    () =>
      Promise.resolve(
        desks
          .notes()
          .find((one) => one.what === 'talk' && one.extension === extension && one.at >= since),
      ),
    (one) => one !== undefined,
    20,
  )
  if (!found) throw new Error(`nobody talks at ${extension}`)
  return found
}
