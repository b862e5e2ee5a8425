import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Me } from '@/shared/api/session'
import { openTicket } from '../state/open-ticket'
import { views } from '../state/views'
import CommandPalette from './CommandPalette.vue'
import { fitting, nearness, ticketNumber, type Entry } from './find'
import { initialsAt, initialsOf } from './initials'

describe('initials', () => {
  it('are the first letters of the pinyin, in the words of this house', () => {
    const written = (text: string) => [...text].map((char) => initialsOf(char)[0]).join('')
    expect(written('待派单')).toBe('dpd')
    expect(written('名录')).toBe('ml')
    expect(written('审计日志')).toBe('sjrz')
    expect(written('蒲城富平潼关临渭华州')).toBe('pcfptglwhz')
    expect(written('AB12')).toBe('ab12')
  })

  it('are found from the beginning or from within, and in both readings', () => {
    expect(initialsAt('待派单', 'dpd')).toBe(0)
    expect(initialsAt('退单待审', 'ds')).toBe(2)
    expect(initialsAt('调解中', 'tjz')).toBe(0)
    expect(initialsAt('待派单', 'dpx')).toBe(-1)
    expect(initialsAt('待派单', '')).toBe(-1)
    expect(initialsAt('Overdue', 'o')).toBe(-1)
  })
})

const entry = (label: string, group: Entry['group'] = 'queue'): Entry => ({
  key: label,
  group,
  label,
  run: vi.fn(),
})

describe('finding', () => {
  it('puts what begins with the words before what holds them', () => {
    const all = ['全部在办', '待办', '办理中'].map((label) => entry(label))
    expect(fitting(all, '办').map(({ label }) => label)).toEqual(['办理中', '全部在办', '待办'])
    expect(nearness('办理中', 'blz')).toBe(1)
    expect(nearness('Open tickets', 'tick open')).toBe(2)
    expect(nearness('办理中', 'x')).toBeUndefined()
  })

  it('keeps the groups together, and what the server found however it is written', () => {
    const all = [entry('渭南秦唐', 'enterprise'), entry('疑难', 'queue'), entry('审核', 'act')]
    expect(fitting(all, 'wnqt').map(({ label }) => label)).toEqual(['渭南秦唐'])
    expect(fitting(all, '').map(({ group }) => group)).toEqual(['act', 'queue', 'enterprise'])
  })

  it('knows a whole ticket number with or without its letters', () => {
    expect(ticketNumber('wn202611230000017')).toBe('WN202611230000017')
    expect(ticketNumber(' 202611230000017 ')).toBe('WN202611230000017')
    expect(ticketNumber('2026')).toBeUndefined()
    expect(ticketNumber('13800001111')).toBeUndefined()
  })
})

describe('the palette', () => {
  const me = {
    user: { id: 1, role: 'dispatcher', name: '分办员' },
    permissions: ['ticket.list', 'knowledge.read'],
  } as unknown as Me
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/tickets/:ticketNo', name: 'ticket', component: { template: '<p></p>' } },
      { path: '/:all(.*)*', component: { template: '<p></p>' } },
    ],
  })

  const open = async () => {
    const closed = vi.fn()
    const palette = mount(CommandPalette, {
      attachTo: document.body,
      global: { plugins: [router] },
      props: { me, onClose: closed },
    })
    await flushPromises()
    return { palette, closed, box: palette.get('input') }
  }

  beforeEach(() => {
    views.value = []
    openTicket.value = undefined
  })
  afterEach(() => document.body.replaceChildren())

  it('is a combobox whose active option is told, and is run by Enter', async () => {
    const { palette, closed, box } = await open()
    expect(box.attributes('role')).toBe('combobox')
    expect(box.attributes('aria-expanded')).toBe('true')
    const list = palette.get('[role=listbox]')
    expect(box.attributes('aria-controls')).toBe(list.attributes('id'))
    await box.setValue('dpd')
    const active = () =>
      document.getElementById(box.attributes('aria-activedescendant') ?? '')?.textContent.trim()
    expect(active()).toBe('待派单')
    await box.setValue('待')
    await box.trigger('keydown', { key: 'ArrowUp' })
    expect(palette.findAll('[role=option]').at(-1)?.attributes('aria-selected')).toBe('true')
    await box.setValue('dpd')
    await box.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(closed).toHaveBeenCalled()
    expect(router.currentRoute.value.path).toBe('/lists/dispatching')
  })

  it('leaves the keys to an input method that composes', async () => {
    const { closed, box } = await open()
    await box.setValue('dpd')
    await box.trigger('keydown', { key: 'Enter', isComposing: true })
    await box.trigger('keydown', { key: 'Enter', keyCode: 229 })
    await flushPromises()
    expect(closed).not.toHaveBeenCalled()
  })

  it('jumps to a number, searches for words, and begins an act of the open ticket', async () => {
    const begin = vi.fn()
    openTicket.value = { acts: () => ['urge'], begin, print: vi.fn() }
    const { box } = await open()
    await box.setValue('202611230000017')
    await box.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(router.currentRoute.value.params['ticketNo']).toBe('WN202611230000017')
    const second = await open()
    await second.box.setValue('停电')
    await second.box.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(router.currentRoute.value.fullPath).toBe('/lists/all?q=%E5%81%9C%E7%94%B5')
    const third = await open()
    await third.box.setValue('cb')
    await third.box.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(begin).toHaveBeenCalledWith('urge')
  })
})
