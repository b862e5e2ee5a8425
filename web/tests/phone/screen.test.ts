import { afterAll, expect, it } from 'vitest'
import { useBrowser } from '../e2e/session'
import { enterConsole } from '../e2e/steps/console'
import { paintedAt, percentile95 } from '../e2e/steps/keys'
import { Caller, Telephones } from './callers'
import { Agent, callIs, note } from './line'
import { endAll } from './sipp'

const visit = useBrowser()
const calls = 12

afterAll(endAll)

it('an agent sees who calls within 300 ms of the ring', async () => {
  const agent = await Agent.logsIn('agent03')
  const telephones = Telephones.start('desk')
  await telephones.at(agent.extension)
  const { page } = await visit()
  await enterConsole(page, 'agent03')
  await page.locator('#draft-content').waitFor()
  const rings: number[] = []
  for (let n = 1; n <= calls; ++n) {
    const number = `139000030${String(n).padStart(2, '0')}`
    await agent.ready()
    const painted = paintedAt(page, '.desk', number)
    const caller = Caller.calls(number)
    const { at } = await telephones.heard('ring', number)
    rings.push(Math.round((await painted) - at))
    const talk = await telephones.heard('talk', number)
    await telephones.hangsUp(talk)
    await callIs(number, ({ state }) => state === 'ended')
    await caller.leaves()
    await caller.over()
  }
  await agent.away()
  const p95 = percentile95(rings)
  note(
    'ring at the telephone → painted in the console',
    `${String(calls)} calls, p95 ${String(p95)} ms, longest ${String(Math.max(...rings))} ms`,
  )
  expect(p95, rings.join(' ')).toBeLessThan(300)
})
