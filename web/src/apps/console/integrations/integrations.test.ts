import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import en from './i18n.en'
import zh from './i18n.zh'
import IntegrationsView from './IntegrationsView.vue'
import { draftOf, webhookEvents, webhookFaults, webhookState, type Webhook } from './webhook'

const works: Webhook = {
  id: 1,
  name: '数据局',
  url: 'https://events.example.gov.cn/hook',
  active: true,
  events: [],
  created_at: '2026-11-27T04:00:00.000Z',
  waiting: 0,
  failures: 0,
}

describe('an endpoint', () => {
  test('is off, switched off, failing or works', () => {
    expect(webhookState(works)).toBe('on')
    expect(webhookState({ ...works, failures: 3 })).toBe('failing')
    expect(webhookState({ ...works, active: false, failures: 3 })).toBe('off')
    const off = { ...works, active: false, switched_off_at: works.created_at }
    expect(webhookState(off)).toBe('switchedOff')
  })

  test('needs a name and an address before it is sent', () => {
    expect(webhookFaults(draftOf())).toEqual([
      ['name', 'missing'],
      ['url', 'missing'],
    ])
    expect(webhookFaults({ ...draftOf(works), name: '名'.repeat(81) })).toEqual([['name', 'long']])
    expect(webhookFaults(draftOf(works))).toEqual([])
  })

  test('every event has its word in both languages', () => {
    for (const event of webhookEvents) {
      expect(Object.keys(zh)).toContain(`event.${event}`)
      expect(Object.keys(en)).toContain(`event.${event}`)
    }
  })
})

describe('the screen', () => {
  afterEach(() => vi.unstubAllGlobals())

  const asked: string[] = []
  function server(webhooks: Webhook[]): void {
    asked.length = 0
    vi.stubGlobal('fetch', async (input: Request | string) => {
      const request = input instanceof Request ? input : undefined
      const url = request ? request.url : String(input)
      asked.push(`${request?.method ?? 'GET'} ${new URL(url, 'http://localhost').pathname}`)
      if (url.endsWith('discovery.json')) return new Response('{}', { status: 404 })
      if (request?.method === 'POST' && url.endsWith('/secret'))
        return Response.json({ webhook: webhooks[0], secret: 'whsec_c2VjcmV0' })
      if (url.endsWith('/partners')) return Response.json({ items: [] })
      return Response.json({ items: webhooks })
    })
  }

  async function shown(webhooks: Webhook[]) {
    server(webhooks)
    const router = createRouter({
      history: createMemoryHistory(),
      routes: [{ path: '/:any(.*)*', component: { template: '<div />' } }],
    })
    const screen = mount(IntegrationsView, {
      global: { plugins: [router] },
      attachTo: document.body,
    })
    await flushPromises()
    return screen
  }

  test('lists endpoints with what is wrong with them, and says when Open311 is not served', async () => {
    const off = {
      ...works,
      id: 2,
      name: '住建局',
      active: false,
      switched_off_at: works.created_at,
    }
    const screen = await shown([works, off])
    expect(screen.text()).toContain('数据局')
    expect(screen.text()).toContain('“住建局”连续三天送不到')
    expect(screen.text()).toContain(zh.open311Off)
    screen.unmount()
  })

  test('shows a new secret once it was asked for and confirmed', async () => {
    const screen = await shown([works])
    await screen.get('[aria-label="换密钥 数据局"]').trigger('click')
    await flushPromises()
    document.querySelector<HTMLFormElement>('dialog form')?.requestSubmit()
    await flushPromises()
    expect(asked).toContain('POST /api/v1/webhooks/1/secret')
    expect(document.body.textContent).toContain('whsec_c2VjcmV0')
    screen.unmount()
  })
})
