import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import CallsView from './CallsView.vue'

afterEach(() => void vi.unstubAllGlobals())

it('the list of calls says why it could not be had, and asks again', async () => {
  const problem = { type: '', title: '', status: 503, code: 'busy', detail: '话务库正忙' }
  const answers = [
    Response.json(problem, {
      status: 503,
      headers: { 'Content-Type': 'application/problem+json' },
    }),
    Response.json({ items: [{ call_id: 'c', state: 'ended', ani: '09132000001' }] }),
  ]
  vi.stubGlobal('fetch', async () => answers.shift() ?? Response.json({ items: [] }))
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:all(.*)', component: { template: '<div />' } }],
  })
  const view = mount(CallsView, { global: { plugins: [router] } })
  await flushPromises()
  expect(view.get('.ui-banner').text()).toContain('话务库正忙')
  await view.get('.ui-banner button').trigger('click')
  await flushPromises()
  expect(view.find('.ui-banner').exists()).toBe(false)
  expect(view.get('[role=region]').attributes('aria-labelledby')).toBe('calls-title')
  expect(view.text()).toContain('09132000001')
  view.unmount()
})
