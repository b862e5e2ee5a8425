import { beforeAll, expect, it } from 'vitest'
import { Telephones } from './callers'
import { Agent, callIs, legs, note } from './line'
import { act, comesToBe, eachLeavesNothing, talkAt, talkOf } from './talks'

let first: Agent
let second: Agent
let desks: Telephones

beforeAll(async () => {
  first = await Agent.logsIn('agent01')
  second = await Agent.logsIn('agent02')
  desks = Telephones.start('desk')
  await desks.at(first.extension, second.extension)
})

eachLeavesNothing(() => [first, second])

async function colleague(): Promise<{ to_user_id: number }> {
  const { items } = await first.client.get<{ items: { user_id: number; extension: string }[] }>(
    '/agents/colleagues',
  )
  const found = items.find(({ extension }) => extension === second.extension)
  expect(found, 'the second agent among the colleagues').toBeDefined()
  return { to_user_id: found?.user_id ?? 0 }
}

it('held, taken back and hung up from the console', async () => {
  const talk = await talkOf(first, desks, '13900002001')
  const held = await act(first.client, talk, 'hold')
  expect(await comesToBe('hold-', 1)).toBe(1)
  const back = await act(first.client, talk, 'resume')
  expect(await comesToBe('conv-', 2)).toBe(2)
  await act(first.client, talk, 'hang_up')
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
  const talk = await talkOf(first, desks, '13900002002')
  const to = await colleague()
  const began = Date.now()
  await act(first.client, talk, 'transfer', to)
  const there = await talkAt(desks, second.extension, began - 1000)
  await first.comesTo('wrap_up')
  expect(await comesToBe('conv-', 2)).toBe(2)
  expect(legs(first.extension)).toBe(0)
  await talk.caller.leaves()
  await talk.caller.over()
  await callIs(talk.caller.number, ({ state }) => state === 'ended')
  note(
    'transfer to a colleague',
    `he talked ${(there.at - began).toFixed(0)} ms after it was asked for; the first wraps it up`,
  )
})

it('three talk, and the two who stay go on when the agent leaves', async () => {
  const talk = await talkOf(first, desks, '13900002003')
  const to = await colleague()
  const began = Date.now()
  await act(first.client, talk, 'conference', to)
  await talkAt(desks, second.extension, began - 1000)
  expect(await comesToBe('conv-', 3)).toBe(3)
  await desks.hangsUp(talk.here)
  expect(await comesToBe('conv-', 2)).toBe(2)
  expect(legs(second.extension)).toBe(1)
  await talk.caller.leaves()
  await talk.caller.over()
  await callIs(talk.caller.number, ({ state }) => state === 'ended')
  note('three-way talk', 'three in one bridge; caller and colleague went on when the agent left')
})
