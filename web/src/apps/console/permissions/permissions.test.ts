import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import en from './i18n.en'
import zh from './i18n.zh'
import PermissionsView from './PermissionsView.vue'
import { allowedTo, holderName, rolesIn, whoseKey, type Tables } from './tables'

const tables: Tables = {
  verbs: [
    { verb: 'ticket.list', roles: ['agent', 'supervisor'] },
    { verb: 'user.admin', roles: ['admin'] },
  ],
  acts: [
    {
      rule: 'T8',
      act: 'sign_for',
      roles: ['unit_clerk'],
      states: ['dispatched'],
      conditions: ['请先核对'],
    },
  ],
  scopes: [
    { role: 'agent', of_a_county: false, reach: 'filed', barred: true },
    { role: 'manager', of_a_county: true, reach: 'county', barred: true },
    { role: 'unit_clerk', of_a_county: false, reach: 'own_unit', barred: true },
  ],
  fields: [
    {
      role: 'agent',
      of_a_county: false,
      own: false,
      confidential: true,
      person: 'masked',
      uscc: 'masked',
      free_text: 'masked',
      may_reveal: false,
    },
  ],
  files: [{ role: 'agent', of_a_county: false, everyone: true, staff: true, held: false }],
}

afterEach(() => vi.unstubAllGlobals())

test('the words of the tables', () => {
  expect(holderName({ role: 'manager', of_a_county: true })).toBe('市县领导（县区）')
  expect(rolesIn(tables)).toEqual(['agent', 'manager', 'unit_clerk'])
  expect(allowedTo(tables.verbs, 'admin')).toHaveLength(1)
  expect(whoseKey({ own: true, confidential: true })).toBe('confidentialOwn')
  expect(Object.keys(zh)).toEqual(Object.keys(en))
})

test('the page shows the five tables, of all roles or of one', async () => {
  vi.stubGlobal('fetch', async () => Response.json(tables))
  const screen = mount(PermissionsView)
  await flushPromises()
  expect(screen.text()).toContain('查看工单列表')
  const show = async (n: number): Promise<void> => {
    await screen.findAll('[role=tab]').at(n)?.trigger('click')
  }
  await show(1)
  expect(screen.text()).toContain('签收')
  expect(screen.text()).toContain('请先核对')
  await show(2)
  expect(screen.text()).toContain('自己登记的工单')
  await show(3)
  expect(screen.text()).toContain('部分隐藏')
  await show(4)
  expect(screen.text()).toContain('自己添加的总能打开')
  await show(1)
  await screen.get('select').setValue('agent')
  expect(screen.text()).not.toContain('请先核对')
  screen.unmount()
})
