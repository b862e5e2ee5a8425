import { beforeEach, expect, test } from 'vitest'
import { removeToast, toasts } from '@/ui/toasts'
import { toastNotice } from './notice-toast'

beforeEach(() => {
  for (const { id } of toasts.value) removeToast(id)
})

const off = {
  title: '推送端点已停用',
  body: '请处理',
  url: '/console#/integrations',
  urgent: false,
}

test('a notice is shown with the way to what it is about', () => {
  const gone: string[] = []
  toastNotice('notice', off, '去处理', (place) => gone.push(place))
  expect(toasts.value[0]?.text).toBe('推送端点已停用 · 请处理')
  toasts.value[0]?.action?.run()
  expect(gone).toEqual(['/integrations'])
})

test('what is for the phone has no way here, and other words are none of its business', () => {
  toastNotice('notice', { ...off, url: '/mobile#/notices' }, '去处理', () => undefined)
  expect(toasts.value[0]?.action).toBeUndefined()
  toastNotice('wipe', off, '去处理', () => undefined)
  expect(toasts.value).toHaveLength(1)
})
