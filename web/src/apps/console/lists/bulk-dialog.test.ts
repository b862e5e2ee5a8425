import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { h } from 'vue'
import { sampleTicket } from '@/shared/ticket/sample-ticket'
import { currentList } from '../state/ticket-list'
import BulkBar from './BulkBar.vue'

const numbers = ['WN202611230000017', 'WN202611230000027', 'WN202611230000037']

interface Sent {
  ticketNo: string
  key: string | null
  tag: string | null
}

let sent: Sent[] = []
let refuse = ''
let hold: Promise<void> | undefined

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', ETag: '"3"' },
  })

/** The part of the server a run needs: tickets, and one act for each. */
async function answer(request: Request): Promise<Response> {
  const [, ticketNo = '', action] = /tickets\/(\w+)(?:\/actions\/(\w+))?/.exec(request.url) ?? []
  if (action === undefined && request.method === 'GET' && ticketNo !== '')
    return json({ ...sampleTicket, ticket_no: ticketNo, allowed_actions: ['urge', 'note'] })
  if (action !== 'urge') return json({ items: [] })
  const header = (name: string) => request.headers.get(name)
  sent.push({ ticketNo, key: header('Idempotency-Key'), tag: header('If-Match') })
  await hold
  return ticketNo === refuse
    ? json(
        { type: 'x', title: 'x', status: 409, code: 'guard_failed', detail: '今天已经催过。' },
        409,
      )
    : json({ ...sampleTicket, ticket_no: ticketNo, version: 4 })
}

const router = createRouter({
  history: createMemoryHistory(),
  routes: [
    { path: '/', component: { render: () => h(BulkBar) } },
    { path: '/away', component: { template: '<p></p>' } },
  ],
})

async function open() {
  await router.push('/')
  const page = mount(RouterView, { attachTo: document.body, global: { plugins: [router] } })
  await flushPromises()
  const press = async (name: string) => {
    const found = page.findAll('button').filter((one) => one.text().includes(name))
    await found.at(-1)?.trigger('click')
    await flushPromises()
  }
  return { page, press }
}

/** Until the form of the act. */
async function ask() {
  const { page, press } = await open()
  await press('批量办理')
  await press('催办')
  return { page, press, send: () => page.get('form').trigger('submit') }
}

beforeEach(() => {
  sent = []
  refuse = ''
  hold = undefined
  vi.stubGlobal('fetch', answer)
  currentList.marks.clear()
  for (const ticketNo of numbers) currentList.marks.toggle(ticketNo)
})
afterEach(() => {
  vi.unstubAllGlobals()
  document.body.replaceChildren()
})

describe('acting on all that are marked', () => {
  it('asks once, does each once however often it is sent, and lets go of what is done', async () => {
    const { page, press, send } = await ask()
    await Promise.all([send(), send()])
    await flushPromises()
    expect(sent.map(({ ticketNo }) => ticketNo).sort()).toEqual(numbers)
    expect(new Set(sent.map(({ key }) => key)).size).toBe(3)
    expect(sent.every(({ tag }) => tag === '"3"')).toBe(true)
    expect(page.text()).toContain('已办 3 / 3')
    await press('关闭')
    expect(currentList.marks.marked.value.size).toBe(0)
  })

  it('says of each refusal why, keeps it marked, and tries those again alone', async () => {
    refuse = numbers[1] ?? ''
    const { page, press, send } = await ask()
    await send()
    await flushPromises()
    expect(page.text()).toContain('未成 1 张')
    expect(page.get('.bulk__reason').text()).toBe('今天已经催过。')
    refuse = ''
    await press('对未成的再办一次')
    expect(sent).toHaveLength(4)
    expect(sent.at(-1)?.ticketNo).toBe(numbers[1])
    expect(page.text()).toContain('已办 3 / 3')
  })

  it('asks before somebody leaves half-way', async () => {
    let release = (): void => undefined
    hold = new Promise((resolve) => (release = resolve))
    const { page, press, send } = await ask()
    await send()
    await flushPromises()
    const event = new Event('beforeunload', { cancelable: true })
    dispatchEvent(event)
    expect(event.defaultPrevented).toBe(true)
    const away = router.push('/away')
    await flushPromises()
    expect(page.text()).toContain('批量办理还没结束')
    await press('留在这里')
    await away
    expect(router.currentRoute.value.path).toBe('/')
    release()
    await flushPromises()
    await router.push('/away')
    expect(router.currentRoute.value.path).toBe('/away')
  })
})
