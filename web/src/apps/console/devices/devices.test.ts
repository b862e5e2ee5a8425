import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import type { User } from '../state/account'
import DevicesDialog from './DevicesDialog.vue'

const at = '2026-11-27T04:00:00.000Z'
const device = (id: string, name: string, subscribed: boolean) => ({
  id,
  name,
  kind: 'web_push',
  current: false,
  subscribed,
  created_at: at,
  seen_at: at,
})

afterEach(() => {
  vi.unstubAllGlobals()
  document.body.replaceChildren()
})

test('devices are listed, wiped one by one or all after a question, and what happened is told', async () => {
  let left = [device('a', '华为', true), device('b', '平板', false)]
  let wiped: object[] = []
  const asked: string[] = []
  vi.stubGlobal('fetch', async (input: Request) => {
    const { pathname } = new URL(input.url, 'http://localhost')
    asked.push(`${input.method} ${pathname.replace('/api/v1/admin', '')}`)
    if (input.method === 'DELETE') {
      const gone = pathname.endsWith('/devices') ? left : left.filter(({ id }) => id === 'a')
      wiped = [
        ...gone.map(({ id, name }) => ({
          id,
          name,
          wiped_at: at,
          seen_at: at,
          last_word_due: true,
        })),
        ...wiped,
      ]
      left = left.filter((one) => !gone.includes(one))
      return pathname.endsWith('/devices')
        ? Response.json({ wiped: gone.length })
        : new Response(null, { status: 204 })
    }
    return Response.json({ items: left, wiped })
  })
  const user: User = {
    id: 9,
    login: 'wang',
    name: '王敏',
    role: 'official',
    disabled: false,
  } as User
  const screen = mount(DevicesDialog, { props: { user }, attachTo: document.body })
  await flushPromises()
  expect(document.body.textContent).toContain('浏览器推送')
  expect(document.body.textContent).toContain('未开推送')
  const press = async (selector: string): Promise<void> => {
    document.querySelector<HTMLElement>(selector)?.click()
    await flushPromises()
  }
  const confirm = async (): Promise<void> => {
    document.querySelector<HTMLFormElement>('dialog form')?.requestSubmit()
    await flushPromises()
  }
  await press('[aria-label="清除 华为"]')
  expect(asked).not.toContain('DELETE /accounts/9/devices/a')
  await confirm()
  expect(asked).toContain('DELETE /accounts/9/devices/a')
  expect(document.body.textContent).toContain('正在通知设备删除')
  await press('.ui-dialog__foot .ui-button--danger')
  await confirm()
  expect(asked).toContain('DELETE /accounts/9/devices')
  expect(document.body.textContent).toContain('没有登记过设备')
  screen.unmount()
})
