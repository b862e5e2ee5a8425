import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from 'vitest'
import type { components } from '../../src/shared/api/schema'
import { rows } from '../api/setup/instance'
import { clientOf, until } from '../e2e/api'
import { Caller, Telephones, type Noted } from './callers'
import { Agent, askPbx, callIs, callsOf, compareBooks, legs, note, pbxLog, said } from './line'
import { hang, kill } from './server'
import { endAll } from './sipp'

type Schemas = components['schemas']

let first: Agent
let second: Agent
let attended: Telephones
let unattended: Telephones

const seconds = (from: number, to: number): string => `${((to - from) / 1000).toFixed(1)} s`
/** Of a talk shorter than a second the PBX says that nothing was recorded. */
const lasts = (talk: Noted): Promise<number> =>
  until(
    () => Promise.resolve(Date.now() - talk.at),
    (ms) => ms > 1500,
  )
const waited = (call: Schemas['Call']): string =>
  seconds(Date.parse(call.offered_at ?? ''), Date.parse(call.answered_at ?? ''))

const began = Date.now()

beforeAll(async () => {
  first = await Agent.logsIn('agent01')
  second = await Agent.logsIn('agent02')
  attended = Telephones.start('desk')
  unattended = Telephones.start('unattended')
  await attended.at(first.extension, second.extension, '1001')
})

/** Whatever a test has left on the line is over before the next. */
afterEach(async () => {
  for (const agent of [first, second]) await agent.away()
  await attended.at(first.extension, second.extension)
  await until(
    () => Promise.resolve(legs()),
    (open) => open === 0,
    40,
  )
})

afterAll(endAll)

it('a call is answered, talked, filed as a ticket, recorded and scored', async () => {
  const number = '13900001001'
  const before = pbxLog().length
  await first.ready()
  const caller = Caller.calls(number)
  const ring = await attended.heard('ring', number)
  const told = await until(
    () => Promise.resolve(first.toldOf(number)),
    (at) => at !== undefined,
  )
  const talk = await attended.heard('talk', number)
  const { call_id } = await callIs(number, ({ state }) => state === 'talking')
  const { ticket_no } = await first.client.send<Schemas['Receipt']>(
    'POST',
    '/tickets',
    {
      content: '蒲城县孙镇我公司门前的路灯不亮已经三天，请供电公司更换。',
      division: '610526',
      appellant: { phone: number, name: '孙立' },
      call_id,
    },
    { 'Idempotency-Key': randomUUID() },
  )
  await lasts(talk)
  await attended.hangsUp(talk)
  await first.comesTo('wrap_up')
  await callIs(number, ({ state }) => state === 'ended')
  // A wrong key first: the question is put once more.
  await caller.press('9')
  await said('survey-again', before)
  await caller.press('4')
  await caller.over()
  const call = await callIs(
    number,
    ({ score, recording }) => score !== undefined && recording?.state === 'kept',
    40,
  )
  expect(call).toMatchObject({ state: 'ended', score: 4, ticket_no, has_recording: true })
  expect((await first.client.ticket(ticket_no)).call_score).toBe(4)
  expect(await first.client.bytes(`/calls/${String(call.recording?.call)}/recording`, 4)).toBe(
    'RIFF',
  )
  expect(await callsOf(number)).toHaveLength(1)
  note(
    'answered, filed, recorded, scored by key (a wrong one first)',
    `waited ${waited(call)}, of that 0.3 s ringing; screen-pop ${String(Math.round((told ?? 0) - ring.at))} ms after the ring; ` +
      `score 4 on the call, its ticket and its recording`,
  )
})

it('who gives up while he waits is abandoned, and nobody is rung for him', async () => {
  const number = '13900001002'
  const before = pbxLog().length
  const caller = Caller.calls(number)
  await callIs(number, ({ state }) => state === 'queued')
  await said('position-1', before)
  await caller.leaves()
  await caller.over()
  const call = await callIs(number, ({ state }) => state === 'abandoned')
  expect(call.answered_at).toBeUndefined()
  expect(attended.notes().filter(({ caller: who }) => who === number)).toEqual([])
  note('abandoned while waiting', 'had been told his place; `abandoned`, nobody was rung')
})

it('who gives up while it rings stops the ringing, and the agent is as ready as before', async () => {
  const number = '13900001003'
  await unattended.at(first.extension)
  await first.ready()
  const caller = Caller.calls(number)
  await unattended.heard('ring', number)
  await callIs(number, ({ state }) => state === 'ringing')
  await caller.leaves()
  await caller.over()
  await callIs(number, ({ state }) => state === 'abandoned')
  await first.comesTo('ready')
  await until(
    () => Promise.resolve(legs()),
    (open) => open === 0,
  )
  expect(unattended.trouble(), 'CANCEL, as it should be').toBe('')
  note('abandoned while ringing', '`abandoned`; the ringing ended, the agent was ready again')
})

it('a call nobody answers rings at the second agent, and the first is not ready', async () => {
  const number = '13900001004'
  await unattended.at(first.extension)
  await first.ready()
  const caller = Caller.calls(number)
  const rang = await unattended.heard('ring', number)
  await second.ready()
  const talk = await attended.heard('talk', number, 25)
  expect(talk.extension).toBe(second.extension)
  const standing = await first.standing()
  expect(standing).toMatchObject({ state: 'not_ready', reason: 'no_answer' })
  await callIs(number, ({ state }) => state === 'talking')
  await caller.leaves()
  await caller.over()
  await callIs(number, ({ state }) => state === 'ended')
  await second.comesTo('wrap_up')
  note(
    'no answer, then the second agent',
    `rang on ${seconds(rang.at, talk.at)} later; the first is not ready (no answer)`,
  )
})

it('a call that is pressed away, or whose telephone is gone, is with the next agent at once', async () => {
  const number = '13900001005'
  const rejecting = Telephones.start('rejecting')
  await rejecting.at(first.extension)
  await first.ready()
  const caller = Caller.calls(number)
  const rang = await rejecting.heard('ring', number)
  await second.ready()
  const talk = await attended.heard('talk', number)
  expect(talk.extension).toBe(second.extension)
  expect(await first.standing()).toMatchObject({ state: 'not_ready', reason: 'rejected' })
  await attended.hangsUp(talk)
  await caller.leaves()
  await caller.over()
  rejecting.stop()
  note(
    'pressed away, then the second agent',
    `answered ${seconds(rang.at, talk.at)} after it rang at the first`,
  )
})

it('1 is a wish to be called back, once that has been offered', async () => {
  const number = '13900001006'
  const before = pbxLog().length
  const caller = Caller.calls(number)
  await callIs(number, ({ state }) => state === 'queued')
  await said('press-1-for-callback', before, 70)
  await caller.press('1')
  await caller.over()
  const call = await callIs(number, ({ state }) => state === 'callback')
  expect(call.answered_at).toBeUndefined()
  const lead = await clientOf('supervisor')
  const { items } = await lead.get<{ items: Schemas['Callback'][] }>('/callbacks')
  expect(items.filter(({ call_id }) => call_id === call.call_id)).toHaveLength(1)
  note(
    'call-back by key 1',
    '`callback`; hung up on with a word, his number waits to be called back',
  )
})

it('a server killed while callers wait and talk loses none of them', async () => {
  const [talks, left, waits] = ['13900001007', '13900001008', '13900001009']
  await first.ready()
  await second.ready()
  const talking = Caller.calls(talks)
  const withHim = await attended.heard('talk', talks)
  const alone = Caller.calls(left)
  const withOther = await attended.heard('talk', left)
  const waiting = Caller.calls(waits)
  await callIs(waits, ({ state }) => state === 'queued')
  await callIs(left, ({ state }) => state === 'talking')

  const server = kill()
  onTestFinished(server.isBack)
  // One talk ends while nobody hears of it.
  await lasts(withOther)
  await attended.hangsUp(withOther)
  await until(
    () => Promise.resolve(legs(second.extension)),
    (open) => open === 0,
  )
  const began = Date.now()
  await server.isBack()
  const back = Date.now()
  await callIs(left, ({ state }) => state === 'ended', 20)
  const adopted = Date.now()
  await alone.press('4')
  await alone.over()
  await callIs(left, ({ score }) => score === 4)
  expect(talking.isOnTheLine() && waiting.isOnTheLine()).toBe(true)
  expect((await callIs(talks, () => true)).state).toBe('talking')
  expect((await callIs(waits, () => true)).state).toBe('queued')

  await second.ready()
  const atLast = await attended.heard('talk', waits, 20)
  await lasts(atLast)
  for (const one of [withHim, atLast]) await attended.hangsUp(one)
  for (const number of [talks, waits]) await callIs(number, ({ state }) => state === 'ended')
  for (const one of [talking, waiting]) await one.press('4')
  for (const one of [talking, waiting]) await one.over()
  for (const number of [talks, left, waits]) {
    const call = await callIs(number, ({ score }) => score === 4)
    expect(call).toMatchObject({ state: 'ended', has_recording: true })
  }
  note(
    'server killed (-9): one talks, one waits, one is left by his agent meanwhile',
    `ready ${seconds(began, back)} after it was started again, all three taken up by ${seconds(began, adopted)}; ` +
      'none lost: all answered, recorded and scored',
  )
})

it('while the server hangs the PBX serves who calls, and who waited is served when it goes on', async () => {
  const [waits, comes] = ['13900001010', '13900001011']
  const waiting = Caller.calls(waits)
  await callIs(waits, ({ state }) => state === 'queued')
  const server = hang()
  onTestFinished(server.goesOn)
  const began = Date.now()
  const coming = Caller.calls(comes)
  const talk = await attended.heard('talk', comes)
  expect(talk.extension, 'the telephone of the queue without a server').toBe('1001')
  // Longer than a server may be silent before its calls are another's.
  await until(
    () => Promise.resolve(rows('SELECT 1 FROM acd_owner WHERE lease_until > UTC_TIMESTAMP(3)')),
    (heard) => heard.length === 0,
  )
  await server.goesOn()
  expect(coming.isOnTheLine() && waiting.isOnTheLine()).toBe(true)
  await first.ready()
  const served = await attended.heard('talk', waits, 20)
  expect(served.extension).toBe(first.extension)
  await attended.hangsUp(talk)
  await coming.over()
  await attended.hangsUp(served)
  await callIs(waits, ({ state }) => state === 'ended')
  await waiting.press('4')
  await waiting.over()
  expect(await callsOf(comes), 'never ours').toEqual([])
  note(
    'server hung (SIGSTOP), a caller waits and one comes',
    `the one who came talked on the queue without a server after ${seconds(began, talk.at)}; who waited was answered when it went on`,
  )
})

it('the records add up, and nothing is left at the PBX', async () => {
  const lead = await clientOf('supervisor')
  const { total } = await lead.get<Schemas['CallsFigure']>('/kpi/calls')
  expect(total).toMatchObject({ asked: 10, answered: 7, abandoned: 2, flowed_out: 1 })
  expect(askPbx('bridge show all')).not.toMatch(/hold-|conv-/)
  expect(pbxLog()).not.toMatch(/hotline\/\S+ does not exist/)
})

it('the PBX’s own books have every call of the records, and one more: whom the queue without a server served', async () => {
  const told = compareBooks(began)
  expect(told).toBe(
    '11 calls in the books: 1 taken up, 0 ended, 0 differ; 0 of the records are not in them.',
  )
  const [call] = await callsOf('13900001011')
  expect(call).toMatchObject({ state: 'ended', direction: 'in' })
  expect(
    call?.answered_at,
    'nobody knows when, so it counts as answered in time by nobody',
  ).toBeUndefined()
  expect(compareBooks(began)).toContain(' 0 taken up')
  note('the PBX’s own books held against the records', told)
})
