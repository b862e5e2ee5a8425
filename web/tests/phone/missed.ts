import type { components } from '../../src/shared/api/schema'
import { until } from '../e2e/api'
import { Caller } from './callers'
import { callIs, pbxLog, said, type Agent } from './line'

type Callback = components['schemas']['Callback']

/** A number that gave up and now waits to be called back, claimed by the agent. */
export async function missed(agent: Agent, number: string): Promise<Callback> {
  const before = pbxLog().length
  const caller = Caller.calls(number)
  await callIs(number, ({ state }) => state === 'queued')
  await said('position-1', before)
  // Sooner it would be a caller who changed his mind.
  await new Promise((waited) => setTimeout(waited, 6000))
  await caller.leaves()
  await caller.over()
  const { call_id } = await callIs(number, ({ state }) => state === 'abandoned')
  const { items } = await until(
    () => agent.client.get<{ items: Callback[] }>('/callbacks'),
    (seen) => seen.items.some((one) => one.call_id === call_id),
  )
  const waits = items.find((one) => one.call_id === call_id)
  return agent.client.send('POST', `/callbacks/${String(waits?.id)}/claim`)
}
