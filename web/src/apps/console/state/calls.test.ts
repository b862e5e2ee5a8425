import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Call } from './call-tabs'
import * as desk from './desk'

const call = (call_id: string, state: Call['state']): Call => ({
  call_id,
  state,
  direction: 'in',
  ani: '13800138000',
  has_recording: false,
})
const stateOf = (call_id: string) => desk.calls.value.get(call_id)?.state

/** A server whose lists of calls come when the test says so. */
function slowLists(): ((...items: Call[]) => void)[] {
  const answers: ((...items: Call[]) => void)[] = []
  vi.stubGlobal(
    'fetch',
    () =>
      new Promise<Response>((come) => {
        answers.push((...items) => come(Response.json({ items })))
      }),
  )
  return answers
}

beforeEach(() => {
  localStorage.clear()
  desk.openDesk(7)
  desk.ready.value = true
})
afterEach(() => {
  desk.clearDesk()
  desk.ready.value = false
  vi.unstubAllGlobals()
})

describe('2: calls of a desk', () => {
  it('2: a call of ours does not pop up: whoever calls has it on his screen', () => {
    const tabs = desk.desk.value.tabs.length
    expect(desk.noteCall({ ...call('out', 'ringing'), direction: 'out' }, true)).toBe(false)
    expect(desk.desk.value.tabs).toHaveLength(tabs)
    expect(desk.noteCall(call('in', 'ringing'), true)).toBe(true)
  })

  it('2: a call that rang before the page was open has its tab', async () => {
    const lists = slowLists()
    const done = desk.catchUpWithCalls()
    await vi.waitFor(() => expect(lists).toHaveLength(1))
    lists[0]?.(call('a', 'ringing'))
    await done
    expect(stateOf('a')).toBe('ringing')
    expect(desk.desk.value.tabs.some((tab) => tab.callId === 'a')).toBe(true)
  })

  it('2: what the feed told while a list was on its way is newer than the list', async () => {
    const lists = slowLists()
    const first = desk.catchUpWithCalls()
    await vi.waitFor(() => expect(lists).toHaveLength(1))
    desk.noteCall(call('a', 'talking'), true)
    const second = desk.catchUpWithCalls()
    await vi.waitFor(() => expect(lists).toHaveLength(2))
    lists[1]?.(call('a', 'talking'))
    await second
    lists[0]?.(call('a', 'ringing'))
    await first
    expect(stateOf('a')).toBe('talking')
  })

  it('2: a call whose end the feed could not tell does not ring for ever', async () => {
    desk.noteCall(call('a', 'ringing'), true)
    desk.noteCall(call('b', 'talking'), true)
    const lists = slowLists()
    const done = desk.catchUpWithCalls()
    await vi.waitFor(() => expect(lists).toHaveLength(1))
    lists[0]?.(call('b', 'held'))
    await done
    expect([stateOf('a'), stateOf('b')]).toEqual(['ended', 'held'])
  })
})
