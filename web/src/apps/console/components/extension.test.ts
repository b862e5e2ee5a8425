import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import type { User } from '../state/account'
import ExtensionDialog from './ExtensionDialog.vue'
import UserTable from './UserTable.vue'

const user = (role: User['role']): User => ({
  id: 21,
  login: 'supervisor01',
  name: '督办员1',
  role,
  extension: '8021',
  disabled: false,
})

let open: ReturnType<typeof mount> | undefined
afterEach(() => {
  open?.unmount()
  vi.unstubAllGlobals()
})

function answers(status: number, body?: object) {
  const asked: { what: string; body: unknown }[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    const what = `${request.method} ${new URL(request.url).pathname}`
    asked.push({ what, body: JSON.parse(await request.text()) })
    const headers = { 'Content-Type': 'application/problem+json' }
    return new Response(body ? JSON.stringify(body) : null, { status, headers })
  })
  return asked
}

async function type(extension: string) {
  open = mount(ExtensionDialog, { attachTo: document.body, props: { user: user('supervisor') } })
  const field = document.querySelector<HTMLInputElement>('#extension')
  expect(field?.value).toBe('8021')
  if (field) field.value = extension
  field?.dispatchEvent(new Event('input'))
  document.querySelector<HTMLFormElement>('dialog form')?.requestSubmit()
  await flushPromises()
  return open
}

it('T53: a telephone is changed, and taken away by leaving nothing', async () => {
  const asked = answers(204)
  expect((await type(' 8031 ')).emitted('changed')).toEqual([['8031']])
  open?.unmount()
  expect((await type('')).emitted('changed')).toEqual([['']])
  const what = 'PUT /api/v1/admin/users/21/extension'
  expect(asked).toEqual([
    { what, body: { extension: '8031' } },
    { what, body: { extension: '' } },
  ])
})

it('T53: one that is another’s is said at its field, and stays typed', async () => {
  const message = '分机已属于其他账号'
  answers(422, {
    ...{ type: '', title: '', status: 422, code: 'validation_failed', detail: '有误' },
    errors: [{ field: 'extension', code: 'conflict', message }],
  })
  const dialog = await type('8001')
  expect(dialog.emitted('changed')).toBeUndefined()
  expect(document.body.textContent).toContain(message)
  expect(document.querySelector<HTMLInputElement>('#extension')?.value).toBe('8001')
})

it('T53: who has no telephone by his role is offered none', () => {
  const offered = (role: User['role']) =>
    mount(UserTable, { props: { users: [user(role)] } })
      .findAll('button')
      .filter((button) => button.text() === '更换分机').length
  expect([offered('supervisor'), offered('official')]).toEqual([1, 0])
})
