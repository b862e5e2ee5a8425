import { beforeAll, expect, it } from 'vitest'
import { until } from '../e2e/api'
import { Telephones } from './callers'
import { Agent, lastCalls, note } from './line'
import { missed } from './missed'
import { ask, comesToBe, eachLeavesNothing, hasBegun, talkAt } from './talks'

let agent: Agent
let desks: Telephones
let outside: Telephones

beforeAll(async () => {
  agent = await Agent.logsIn('agent01')
  desks = Telephones.start('desk')
  outside = Telephones.outside('desk')
  await desks.at(agent.extension)
  // Signed in, and not to be rung for others.
  await agent.away()
})

eachLeavesNothing(() => [agent])

const outward = async () => (await lastCalls()).filter(({ direction }) => direction === 'out')

it('a missed number is called back: the agent\u2019s telephone first, then outside, with the hotline\u2019s number shown', async () => {
  const number = '13900004001'
  const { id } = await missed(agent, number)
  const began = Date.now()
  await ask(agent.client, '/calls', { callback_id: id })
  const rang = await until(
    () => Promise.resolve(outside.notes().find(({ what }) => what === 'ring')),
    (one) => one !== undefined,
  )
  expect(rang).toMatchObject({ extension: number, caller: '12345' })
  const his = await talkAt(desks, agent.extension, began - 1000)
  // Two programs noted it, within a moment of each other.
  expect(his.at).toBeLessThan((rang?.at ?? 0) + 20)
  const there = await talkAt(outside, number, began - 1000)
  expect(await comesToBe('conv-', 2)).toBe(2)
  await agent.comesTo('talking')
  await hasBegun(there)
  await outside.hangsUp(there)
  await until(outward, ([call]) => call?.recording?.state === 'kept', 40)
  expect(await outward()).toHaveLength(1)
  note(
    'called back by the agent who claimed the number',
    `the other end rang ${((rang?.at ?? 0) - began).toFixed(0)} ms after it was asked for and saw 12345; talked, recorded`,
  )
})

it('nobody answers out there: the agent is told so and is where he was', async () => {
  outside.stop()
  const unanswered = Telephones.outside('rejecting')
  const number = '13900004002'
  const { id } = await missed(agent, number)
  await expect(ask(agent.client, '/calls', { callback_id: id })).rejects.toThrow('对方没有接听')
  expect(unanswered.notes().filter(({ what }) => what === 'talk')).toEqual([])
  await agent.comesTo('not_ready')
  note(
    'called back, and pressed away there',
    'the agent is told, his telephone is let go, he stands where he stood',
  )
})
