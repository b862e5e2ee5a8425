import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { textSize } from '@/shared/preferences'
import { allFields, clearDraft, draft } from '../state/store'
import HomeView from './HomeView.vue'
import SubmitView from './SubmitView.vue'

// Before the size is put back, which would fetch what 长者模式 leaves out.
afterEach(() => vi.unstubAllGlobals())
afterEach(() => void (textSize.value = 'normal'))
enableAutoUnmount(afterEach)

beforeEach(() => {
  clearDraft()
  allFields.value = false
  textSize.value = 'large'
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ items: [], divisions: [] })))
})
const fields = (form: ReturnType<typeof mount>): (string | undefined)[] =>
  form
    .findAll('textarea, input:not([type=file], [type=radio], [type=checkbox])')
    .map((one) => one.attributes('id'))

it('39: 长者模式 asks for what is needed, and for the rest only when wanted', async () => {
  const form = mount(SubmitView)
  await flushPromises()
  expect(fields(form)).toEqual(['appeal-content', 'appeal-phone'])
  await form
    .findAll('button')
    .find((one) => one.text().startsWith('填写更多'))
    ?.trigger('click')
  expect(fields(form)).toContain('appeal-uscc')
})

it('39: 长者模式 hides nothing that is filled in', async () => {
  draft.place = '农贸市场门口'
  const form = mount(SubmitView)
  await flushPromises()
  expect(fields(form)).toContain('appeal-place')
})

it('39: 长者模式 begins with three things to press', () => {
  const home = mount(HomeView)
  expect(home.findAll('a').map((one) => one.attributes('href'))).toEqual([
    '#/submit',
    '#/follow',
    'tel:12345',
  ])
  expect(home.find('ol').exists()).toBe(false)
})
