import { beforeAll, expect, it } from 'vitest'
import { until } from '../e2e/api'
import { Telephones } from './callers'
import { Agent, callIs, legs, note } from './line'
import { act, comesToBe, eachLeavesNothing, inBridge, talkAt, talkOf } from './talks'

let agent: Agent
let lead: Agent
let desks: Telephones

beforeAll(async () => {
  agent = await Agent.logsIn('agent01')
  lead = await Agent.logsIn('supervisor')
  desks = Telephones.start('desk')
  await desks.at(agent.extension, lead.extension)
})

eachLeavesNothing(() => [agent])

it('the shift lead listens, speaks into the agent\u2019s ear, joins, and leaves the talk as it was', async () => {
  const talk = await talkOf(agent, desks, '13900003001')
  const began = Date.now()
  const listened = await act(lead.client, talk, 'listen')
  const hers = await talkAt(desks, lead.extension, began - 1000)
  // In a room of hers with an ear at the agent: nobody in the talk has her in it.
  expect(await comesToBe('booth-', 1)).toBe(1)
  expect(inBridge('booth-', 'Snoop/')).toBe(1)
  expect(inBridge('conv-')).toBe(2)
  const whispered = await act(lead.client, talk, 'whisper')
  expect(inBridge('booth-', 'Snoop/'), 'one ear, not two').toBe(1)
  expect(inBridge('conv-')).toBe(2)
  const joined = await act(lead.client, talk, 'barge')
  expect(await comesToBe('conv-', 3)).toBe(3)
  expect(inBridge('booth-', '')).toBe(0)
  await act(lead.client, talk, 'listen')
  expect(await comesToBe('conv-', 2)).toBe(2)
  expect(inBridge('booth-', 'Snoop/')).toBe(1)
  await desks.hangsUp(hers)
  await until(
    () => Promise.resolve(legs(lead.extension)),
    (open) => open === 0,
  )
  expect(await comesToBe('conv-', 2)).toBe(2)
  expect((await callIs(talk.caller.number, () => true)).state).toBe('talking')
  await talk.caller.leaves()
  await talk.caller.over()
  await callIs(talk.caller.number, ({ state }) => state === 'ended')
  note(
    'listen, whisper, join and listen again by the shift lead',
    `listening ${String(listened)} ms after it was asked for, her telephone\u2019s 0.3 s of ringing in it; whisper ${String(whispered)}, join ${String(joined)} ms; the talk goes on when she leaves`,
  )
})

it('whoever listens is let go with the talk', async () => {
  const talk = await talkOf(agent, desks, '13900003002')
  await act(lead.client, talk, 'listen')
  expect(legs(lead.extension)).toBe(1)
  await desks.hangsUp(talk.here)
  await until(
    () => Promise.resolve(legs(lead.extension)),
    (open) => open === 0,
  )
  await talk.caller.press('4')
  await talk.caller.over()
  await callIs(talk.caller.number, ({ score }) => score === 4)
})
