import { afterAll, beforeAll, expect, it } from 'vitest'
import type { components } from '../../src/shared/api/schema'
import { rows } from '../api/setup/instance'
import { clientOf, enter, until } from '../e2e/api'
import { percentile95 } from '../e2e/steps/keys'
import { Telephones } from './callers'
import { Agent, legs, note } from './line'
import { carrier, endAll, freePort, sipp, tell } from './sipp'

type Schemas = components['schemas']

const calls = 300
const perSecond = 20
const people = 100
const talks = 4000
const numberOf = (n: number): string => `138${String(n).padStart(8, '0')}`

let agents: Agent[]
let telephones: Telephones

beforeAll(async () => {
  const admin = await clientOf('admin')
  agents = []
  for (let n = 1; n <= people; ++n) {
    const extension = String(8100 + n)
    const made = await admin.send<{ user: Schemas['User']; initial_password: string }>(
      'POST',
      '/admin/users',
      { login: `load${extension}`, name: `话务员${extension}`, role: 'agent', extension },
    )
    const client = await enter(made.user.login, made.initial_password)
    const next = `Chang3d-${extension}-telephone`
    const words = { current: made.initial_password, new: next }
    await client.send('POST', '/me/password', words)
    agents.push(await Agent.of(client))
  }
  telephones = Telephones.start('busy_line', ['-d', String(talks)])
  await telephones.at(...agents.map(({ extension }) => extension))
}, 180_000)

afterAll(endAll)

const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** How long the PBX's interface takes meanwhile, as one more asks it. */
function watchPbx() {
  const took: number[] = []
  let watching = true
  const done = (async () => {
    const key = Buffer.from(`hotline:${process.env.PHONE_PASSWORD ?? ''}`).toString('base64')
    while (watching) {
      const began = performance.now()
      const answer = await fetch('http://127.0.0.1:8088/ari/bridges', {
        headers: { Authorization: `Basic ${key}` },
      })
      await answer.arrayBuffer()
      took.push(performance.now() - began)
      await new Promise((next) => setTimeout(next, 100))
    }
  })()
  return async () => {
    watching = false
    await done
    return took
  }
}

/** Each agent is ready again as soon as his call is over, and the caller gives his score then. */
function serve(port: number): void {
  const seen = new Set<string>()
  for (const agent of agents)
    agent.hears = ({ type, data }) => {
      if (type !== 'call_changed' || data.state !== 'ended' || !data.ani) return
      if (seen.has(data.ani)) return
      seen.add(data.ani)
      void agent.ready()
      void tell(carrier, port, `load-${String(Number(data.ani.slice(3)))}`, 'key 4')
    }
}

it(`${String(calls)} calls, ${String(perSecond)} a second, are all handled`, async () => {
  for (const agent of agents) await agent.ready()
  const port = freePort()
  const stopWatching = watchPbx()
  serve(port)
  const began = Date.now()
  const run = sipp({
    ...{ scenario: 'caller', address: carrier, port },
    rows: Array.from({ length: calls }, (_, n) => `${numberOf(n + 1)};`),
    more: [
      ...['-m', String(calls), '-r', String(perSecond), '-l', String(calls)],
      ...['-cid_str', 'load-%u', '-timeout', '120', '-timeout_error'],
    ],
  })
  let most = 0
  const count = setInterval(() => (most = Math.max(most, legs())), 1000)
  const code = await run.ended
  clearInterval(count)
  const took = (Date.now() - began) / 1000
  const rest = await stopWatching()
  await until(
    () => Promise.resolve(legs()),
    (open) => open === 0,
  )
  const counted = `FROM phone_call WHERE ani LIKE '138%'`
  await until(
    () => Promise.resolve(Number(rows(`SELECT COUNT(*) ${counted} AND score = 4`)[0]?.[0])),
    (scored) => scored === calls,
  )
  expect(
    rows(`SELECT COUNT(*), COUNT(answered_at), COUNT(ended_at), SUM(recording <> '') ${counted}`),
  ).toEqual([Array(4).fill(String(calls))])
  const waits = rows(
    `SELECT TIMESTAMPDIFF(MICROSECOND, offered_at, answered_at) DIV 1000 ${counted}`,
  ).map(([ms]) => Number(ms))
  const pops = telephones
    .notes()
    .filter(({ what }) => what === 'ring')
    .map(({ at, caller, extension }) => {
      const agent = agents.find((one) => one.extension === extension)
      return Math.round((agent?.toldOf(caller) ?? Infinity) - at)
    })
  note(
    `${String(calls)} calls, ${String(perSecond)} a second offered, ${String(people)} agents, talks of ${String(talks / 1000)} s, with speech`,
    `${String(calls)} handled in ${took.toFixed(0)} s, ${String(most)} legs at once; waited p50 ${String(middle(waits))} ms, p95 ${String(percentile95(waits))} ms; ` +
      `ring → event at the agent's page p50 ${String(middle(pops))} ms, p95 ${String(percentile95(pops))} ms; ` +
      `the PBX's interface p50 ${middle(rest).toFixed(0)} ms, p95 ${percentile95(rest).toFixed(0)} ms`,
  )
  expect(code, run.trouble()).toBe(0)
  expect(pops).toHaveLength(calls)
})
