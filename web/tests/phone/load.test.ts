import { afterAll, beforeAll, expect, it } from 'vitest'
import { rows } from '../api/setup/instance'
import { enter, until, type Client } from '../e2e/api'
import { needed } from '../e2e/environment'
import { account } from '../e2e/people'
import { percentile95 } from '../e2e/steps/keys'
import { Telephones } from './callers'
import { Agent, legs, note } from './line'
import { carrier, endAll, freePort, sipp, tell } from './sipp'

const calls = 300
const perSecond = 20
const people = 100
const talks = 4000
const numberOf = (n: number): string => `138${String(n).padStart(8, '0')}`

let agents: Agent[]
let telephones: Telephones

/** So many log-ins from one address are slowed down. */
async function patiently(login: string, password: string): Promise<Client> {
  for (;;) {
    const client = await enter(login, password).catch((error: unknown) => String(error))
    if (typeof client !== 'string') return client
    if (!client.includes('Error: 429')) throw new Error(client)
    await new Promise((next) => setTimeout(next, 1000))
  }
}

beforeAll(async () => {
  const { login, password } = account('agent01')
  // The first agent's password for all of them: to hash a hundred takes minutes.
  const extensions = Array.from({ length: people }, (_, n) => String(8101 + n))
  for (const one of extensions)
    rows(
      `INSERT INTO account (login, name, role, extension, password, password_at, demonstration)
       SELECT 'load${one}', '话务员${one}', role, '${one}', password, password_at, 1 FROM account WHERE login = '${login}'`,
    )
  agents = []
  for (const one of extensions) agents.push(await Agent.of(await patiently(`load${one}`, password)))
  telephones = Telephones.start('busy_line', ['-d', String(talks)])
  await telephones.at(...extensions)
}, 180_000)

/** Nobody of them is rung for others' calls. */
afterAll(async () => {
  endAll()
  for (const agent of agents) await agent.away()
})

const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** How long the PBX's interface takes meanwhile, as one more asks it; and how many legs there were at most. */
function watchPbx() {
  const took: number[] = []
  let most = 0
  let watching = true
  const key = Buffer.from(`hotline:${needed('PHONE_PASSWORD')}`).toString('base64')
  const ask = async (path: string): Promise<string> => {
    const headers = { Authorization: `Basic ${key}` }
    return (await fetch(`http://127.0.0.1:8088/ari/${path}`, { headers })).text()
  }
  const done = (async () => {
    for (let round = 0; watching; ++round) {
      const began = performance.now()
      await ask('asterisk/ping')
      took.push(performance.now() - began)
      if (round % 20 === 0)
        most = Math.max(most, (await ask('channels')).split('"name":"PJSIP/').length - 1)
      await new Promise((next) => setTimeout(next, 100))
    }
  })()
  return async () => {
    watching = false
    await done
    return { took, most }
  }
}

/** A button that did nothing is pressed again. */
async function again(agent: Agent): Promise<void> {
  while (
    !(await agent.ready().then(
      () => true,
      () => false,
    ))
  )
    await new Promise((next) => setTimeout(next, 1000))
}

/** Each agent is ready again as soon as his call is over, and the caller gives his score then. */
function serve(port: number): void {
  const seen = new Set<string>()
  for (const agent of agents)
    agent.hears = ({ type, data }) => {
      if (type !== 'call_changed' || data.state !== 'ended' || !data.ani) return
      if (seen.has(data.ani)) return
      seen.add(data.ani)
      void again(agent)
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
  const code = await run.ended
  const took = (Date.now() - began) / 1000
  const { took: asked, most } = await stopWatching()
  await until(
    () => Promise.resolve(legs()),
    (open) => open === 0,
  )
  const counted = `FROM phone_call WHERE ani LIKE '138%'`
  const all = () =>
    rows(
      `SELECT COUNT(*), COUNT(answered_at), COUNT(ended_at), SUM(score = 4), SUM(recording <> '') ${counted}`,
    )[0]?.map(Number)
  const handled = Array(5).fill(calls)
  await until(
    () => Promise.resolve(all()),
    (counts) => JSON.stringify(counts) === JSON.stringify(handled),
  ).catch(() => undefined)
  expect(all(), 'told of, answered, over, scored, recorded').toEqual(handled)
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
      `the PBX's interface p50 ${middle(asked).toFixed(0)} ms, p95 ${percentile95(asked).toFixed(0)} ms`,
  )
  expect(code, run.trouble()).toBe(0)
  expect(pops).toHaveLength(calls)
  expect(pops.every(Number.isFinite), 'each page was told').toBe(true)
})
