import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { toasts } from '@/ui/toasts'
import { forgetCommands, hear as hearCommand, type CallCommand } from '../phone/commands'
import SoftphoneBar from './SoftphoneBar.vue'
import type { Hears, Session, Trouble } from './telephone'

const world = vi.hoisted(() => ({
  offered: true,
  remembered: false,
  trouble: undefined as Trouble | undefined,
  hears: undefined as Hears | undefined,
  done: [] as string[],
}))
vi.mock('./tone', () => ({
  ring() {
    world.done.push('ring')
    return () => world.done.push('quiet')
  },
}))
vi.mock('./browser', () => ({
  isOffered: async () => world.offered,
  remembered: () => world.remembered,
  remember: (on: boolean) => (world.remembered = on),
  browser: {
    microphone: async () => world.trouble,
    signIn: async () => ({ url: '', domain: '', extension: '8004', password: '' }),
    async open(_: unknown, hears: Hears) {
      world.hears = hears
      return { close: () => world.done.push('close') }
    },
    hold: (_: AbortSignal, held: () => void) => held(),
  },
}))

const caller: Session = {
  answer: () => world.done.push('answer'),
  end: () => world.done.push('end'),
  mute: (on) => world.done.push(on ? 'mute' : 'unmute'),
}

let bar: ReturnType<typeof mount>
async function open(userId = 7) {
  bar = mount(SoftphoneBar, { attachTo: document.body, props: { userId } })
  await flushPromises()
}
const toggle = () => bar.get('.softphone__switch')
const said = () => bar.get('[role=status]').text()
const press = async (key: string) => {
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, altKey: true, bubbles: true }))
  await flushPromises()
}
const leaves = () => {
  const event = new Event('beforeunload', { cancelable: true })
  dispatchEvent(event)
  return event.defaultPrevented
}

beforeEach(() => {
  Object.assign(world, { offered: true, remembered: false, trouble: undefined, done: [] })
})
afterEach(() => {
  bar.unmount()
  world.hears?.over(caller)
  forgetCommands()
  document.body.replaceChildren()
})

it('is not there where it is not offered', async () => {
  world.offered = false
  await open()
  expect(bar.find('.softphone').exists()).toBe(false)
})

it('T55: is switched on once, and in this browser from then on', async () => {
  await open()
  expect([toggle().attributes('aria-pressed'), said()]).toEqual(['false', ''])
  await toggle().trigger('click')
  await flushPromises()
  world.hears?.registered()
  await flushPromises()
  expect([toggle().attributes('aria-pressed'), said()]).toEqual(['true', '可接听'])
  bar.unmount()
  expect(world.done).toEqual(['close'])
  await open()
  expect(said()).toBe('正在登录…')
  await toggle().trigger('click')
  expect([world.remembered, said()]).toEqual([false, ''])
})

it('T55: says in one sentence why there is no microphone', async () => {
  world.trouble = 'blocked'
  await open()
  await toggle().trigger('click')
  await flushPromises()
  expect([toggle().attributes('aria-pressed'), said()]).toEqual(['false', '麦克风被禁用'])
  expect(toasts.value.at(-1)?.text).toContain('浏览器禁止本页使用麦克风')
})

it('rings, is answered, muted and hung up by key, and asks before the page is left', async () => {
  world.remembered = true
  await open()
  world.hears?.registered()
  expect(leaves()).toBe(false)
  world.hears?.rings(caller)
  await flushPromises()
  expect(bar.text()).toContain('接听')
  await press('a')
  world.hears?.talks(caller)
  await flushPromises()
  expect(leaves()).toBe(true)
  await press('m')
  expect(bar.text()).toContain('取消静音')
  await press('x')
  world.hears?.over(caller)
  await flushPromises()
  expect(world.done).toEqual(['ring', 'answer', 'quiet', 'mute', 'end'])
  expect(leaves()).toBe(false)
  expect(said()).toBe('可接听')
})

it('T58: a talk goes on while its agent logs in again, and is nobody else’s', async () => {
  world.remembered = true
  await open()
  world.hears?.rings(caller)
  world.hears?.talks(caller)
  bar.unmount()
  expect(leaves()).toBe(true)
  await open()
  expect(bar.text()).toContain('挂断')
  expect(world.done).toEqual([])
  bar.unmount()
  world.hears?.over(caller)
  expect(world.done.at(-1)).toBe('close')
  await open()
  world.hears?.rings(caller)
  world.hears?.talks(caller)
  bar.unmount()
  world.done.length = 0
  await open(8)
  expect(world.done[0]).toBe('close')
  expect(bar.text()).not.toContain('挂断')
})

it('T58: what rings is another’s at once when nobody sees to it any more', async () => {
  world.remembered = true
  await open()
  world.hears?.rings(caller)
  bar.unmount()
  expect(world.done.at(-1)).toBe('close')
})

it('T59: a ring that was asked for is answered by itself, whichever is told first', async () => {
  world.remembered = true
  await open()
  world.hears?.rings(caller)
  await flushPromises()
  expect(world.done).toEqual(['ring'])
  const asked = { id: 1, call_id: 'c', action: 'dial', state: 'asked' } as unknown as CallCommand
  hearCommand(asked)
  await flushPromises()
  expect(world.done).toEqual(['ring', 'answer', 'quiet'])
})
