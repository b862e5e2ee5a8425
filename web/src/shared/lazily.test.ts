import { mount } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import { setLocale } from './i18n/locale'
import { defineMessages, type English } from './i18n/messages'
import { lazily } from './lazily'

afterEach(() => setLocale('zh-CN'))

it('a part that is fetched late is not seen in Chinese before its English texts are there', async () => {
  await setLocale('en')
  let arrive: (texts: { default: English<{ hello: '你好' }> }) => void = () => undefined
  const texts = new Promise<{ default: English<{ hello: '你好' }> }>(
    (resolve) => (arrive = resolve),
  )
  const Part = lazily(() => {
    const t = defineMessages({ hello: '你好' }, () => texts)
    return Promise.resolve(defineComponent(() => () => h('p', t('hello'))))
  })
  const page = mount(() => h('main', h(Part)))
  for (let i = 0; i < 5; i++) await nextTick()
  expect(page.text()).toBe('')
  arrive({ default: { hello: 'Hello' } })
  await expect.poll(() => page.text()).toBe('Hello')
})
