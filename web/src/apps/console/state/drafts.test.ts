import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type * as desks from './desk'
import type { Draft } from './draft'

type Desk = typeof desks

/** A window of the browser: the module anew, the storage the same. */
async function openWindow(user = 7): Promise<Desk> {
  vi.resetModules()
  const desk = await import('./desk')
  desk.openDesk(user)
  return desk
}

function type(desk: Desk, over: Partial<Draft>): void {
  const tab = desk.currentTab()
  if (tab) desk.edit(tab.id, { ...tab.draft, ...over })
}

const active = (desk: Desk) => desk.currentTab()?.draft
const key = 'qp.desk.7'

/** What the browser tells its other windows of the storage, when it gets to it. */
function hear(): void {
  dispatchEvent(new StorageEvent('storage', { key, newValue: localStorage.getItem(key) }))
}

const full = (): never => {
  throw new DOMException('full', 'QuotaExceededError')
}

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

describe('6: drafts', () => {
  it('6: are on the machine within a second of the last key, and back after a crash', async () => {
    const before = await openWindow()
    type(before, { content: '停电', anonymous: true, place: '东风街' })
    await vi.advanceTimersByTimeAsync(999)
    // No farewell: the process is gone.
    const after = await openWindow()
    expect(active(after)).toMatchObject({ content: '停电', anonymous: true, place: '东风街' })
  })

  it('6: belong to the person: the next one at the machine neither sees nor spoils them', async () => {
    const desk = await openWindow(7)
    type(desk, { content: '七号的草稿' })
    // His session ran out under his hands, before the draft was written.
    desk.openDesk(8)
    expect(active(desk)?.content).toBe('')
    type(desk, { content: '八号的草稿' })
    await vi.advanceTimersByTimeAsync(1000)
    desk.openDesk(7)
    expect(active(desk)?.content).toBe('七号的草稿')
    desk.openDesk(8)
    expect(active(desk)?.content).toBe('八号的草稿')
  })

  it('6: a storage that is full costs nothing typed, is told, and is tried again', async () => {
    const desk = await openWindow()
    const set = vi.spyOn(localStorage, 'setItem').mockImplementation(full)
    type(desk, { content: '写不下' })
    await vi.advanceTimersByTimeAsync(1000)
    expect(desk.kept.value).toBe(false)
    expect(active(desk)?.content).toBe('写不下')
    set.mockRestore()
    type(desk, { content: '写下了' })
    await vi.advanceTimersByTimeAsync(1000)
    expect(desk.kept.value).toBe(true)
    expect(active(await openWindow())?.content).toBe('写下了')
  })

  it('6: leaving on purpose in one window leaves nothing behind in the other', async () => {
    const one = await openWindow()
    type(one, { content: '停电' })
    await vi.advanceTimersByTimeAsync(1000)
    const other = await openWindow()
    type(other, { title: '断电' })
    one.clearDesk()
    hear()
    await vi.advanceTimersByTimeAsync(1000)
    expect(localStorage.getItem(key)).toBeNull()
  })
})

describe('6: one desk in two windows', () => {
  it('6: shows in each what is typed in the other, field by field', async () => {
    const one = await openWindow()
    type(one, { content: '停电' })
    await vi.advanceTimersByTimeAsync(1000)
    const other = await openWindow()
    type(other, { title: '断电' })
    type(one, { place: '东风街' })
    await vi.advanceTimersByTimeAsync(1000)
    hear()
    const all = { content: '停电', title: '断电', place: '东风街' }
    for (const desk of [one, other, await openWindow()]) expect(active(desk)).toMatchObject(all)
  })

  it('6: a draft closed in one window stays while the other still writes in it', async () => {
    const one = await openWindow()
    type(one, { content: '停电' })
    await vi.advanceTimersByTimeAsync(1000)
    const other = await openWindow()
    const id = other.desk.value.active
    type(other, { title: '断电' })
    one.close(id)
    await vi.advanceTimersByTimeAsync(1000)
    expect(active(await openWindow())).toMatchObject({ content: '停电', title: '断电' })
  })

  it('6: a draft closed in one window is gone in the other when nobody touched it since', async () => {
    const one = await openWindow()
    type(one, { content: '停电' })
    await vi.advanceTimersByTimeAsync(1000)
    const other = await openWindow()
    one.close(one.desk.value.active)
    hear()
    expect(other.unsentCount()).toBe(0)
  })

  it('6: a call that rings in both windows is one draft', async () => {
    const [one, other] = [await openWindow(), await openWindow()]
    const call = { call_id: 'c1', state: 'ringing', ani: '13991370001' } as const
    one.noteCall(call, true)
    other.noteCall(call, true)
    hear()
    type(one, { content: '停电' })
    await vi.advanceTimersByTimeAsync(1000)
    hear()
    const drafts = (desk: Desk) => desk.desk.value.tabs.filter(({ callId }) => callId === 'c1')
    for (const desk of [one, other, await openWindow()]) {
      expect(drafts(desk)).toHaveLength(1)
      expect(drafts(desk)[0]?.draft.content).toBe('停电')
    }
  })

  it('6: six hundred random keys, crashes and late news lose nothing that was a second old', async () => {
    let state = 6
    const below = (n: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((state / 4_294_967_296) * n)
    }
    const fields = [
      ['content', 'title', 'topic'],
      ['place', 'wanted', 'name'],
    ] as const
    const windows = [await openWindow(), await openWindow()]
    for (const first of windows.slice(0, 1)) type(first, { content: 'x' })
    await vi.advanceTimersByTimeAsync(1000)
    hear()
    windows[1] = await openWindow()
    const typed: Partial<Record<keyof Draft, string>> = { content: 'x' }
    for (let step = 0; step < 600; step++) {
      const at = below(2)
      const [desk, mine] = [windows[at], fields[at]]
      if (!desk || !mine) continue
      switch (below(6)) {
        case 0:
          hear()
          break
        case 1:
          await vi.advanceTimersByTimeAsync(1000)
          break
        case 2:
          if (below(4) > 0) break
          await vi.advanceTimersByTimeAsync(1000)
          windows[at] = await openWindow()
          break
        default: {
          const field = mine[below(3)] ?? mine[0]
          typed[field] = `第${step}字`
          type(desk, { [field]: typed[field] })
        }
      }
      if (step % 20 !== 19) continue
      await vi.advanceTimersByTimeAsync(1000)
      hear()
      for (const one of windows) expect(active(one), `step ${step}`).toMatchObject(typed)
    }
  }, 60_000)
})
