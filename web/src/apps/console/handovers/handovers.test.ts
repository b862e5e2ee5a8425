import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { deedsOf, isSilent, toneOf, type Handover } from './handover'
import HandoversView from './HandoversView.vue'
import en from './i18n.en'
import zh from './i18n.zh'

const refused: Handover = {
  ticket_no: 'WN202611270000016',
  topic: '用电',
  unit: { id: 3, code: '610526.housing', name: '蒲城县住建局' },
  partner: '蒲城城管',
  state: 'refused',
  words: '“蒲城城管”未受理：api_key is not valid。',
  attempts: 1,
  queued_at: '2026-11-27T04:00:00.000Z',
  told_at: '2026-11-27T04:00:00.000Z',
}

describe('a ticket at another system', () => {
  test('is silent when somebody was told and no answer came', () => {
    expect(isSilent({ ...refused, state: 'waiting' })).toBe(true)
    expect(isSilent(refused)).toBe(false)
    expect(toneOf(refused)).toBe('bad')
    expect(toneOf({ ...refused, state: 'accepted' })).toBe('warn')
    const untold: Handover = { ...refused }
    delete untold.told_at
    expect(toneOf({ ...untold, state: 'accepted' })).toBe('ok')
    expect(toneOf({ ...untold, state: 'kept_back' })).toBe('plain')
  })

  test('is never sent a second time while the other system may have it', () => {
    for (const state of ['sending', 'token', 'accepted'] as const)
      expect(deedsOf({ ...refused, state })).not.toContain('again')
    expect(deedsOf(refused)).toEqual(['again', 'adopt', 'settle'])
  })

  test('has a word for its state in both languages', () => {
    const states = ['waiting', 'sending', 'token', 'accepted', 'closed', 'refused', 'uncertain']
    for (const state of [...states, 'unknown_there', 'kept_back', 'ended']) {
      expect(Object.keys(zh)).toContain(`state.${state}`)
      expect(Object.keys(en)).toContain(`state.${state}`)
    }
  })
})

describe('the list', () => {
  afterEach(() => vi.unstubAllGlobals())

  test('says why nothing has gone out yet', async () => {
    const one: Handover = { ...refused, state: 'waiting', words: '' }
    const items = [
      { ...one, fault: 'unreachable' },
      { ...one, ticket_no: 'WN202611270000024', status: 503 },
      { ...one, ticket_no: 'WN202611270000032', state: 'ended', fault: 'timeout' },
    ]
    vi.stubGlobal('fetch', async () => Response.json({ items }))
    const screen = mount(HandoversView, { global: { stubs: { RouterLink: true } } })
    await flushPromises()
    const words = screen.findAll('tbody tr').map((row) => row.findAll('td')[4]?.text())
    expect(words).toEqual(['连不上，系统会自动再试', '对方系统返回 503，系统会自动再试', ''])
    screen.unmount()
  })

  test('shows what the other system said, and enters its number once it is known', async () => {
    const sent: unknown[] = []
    vi.stubGlobal('fetch', async (request: Request) => {
      if (request.method === 'POST') {
        sent.push(await request.json())
        return Response.json({ ...refused, state: 'accepted' })
      }
      return Response.json({ items: [refused] })
    })
    const router = createRouter({
      history: createMemoryHistory(),
      routes: [{ path: '/:any(.*)*', component: { template: '<div />' } }],
    })
    const screen = mount(HandoversView, { global: { plugins: [router] }, attachTo: document.body })
    await flushPromises()
    expect(screen.text()).toContain('api_key is not valid')
    await screen.get('[aria-label="登记编号 WN202611270000016"]').trigger('click')
    await flushPromises()
    const form = document.querySelector<HTMLFormElement>('dialog form')
    form?.requestSubmit()
    await flushPromises()
    expect(sent).toEqual([])
    expect(document.body.textContent).toContain('请填写对方编号')
    const field = document.querySelector<HTMLInputElement>('#handover-value')
    if (field) field.value = '293944'
    field?.dispatchEvent(new Event('input'))
    form?.requestSubmit()
    await flushPromises()
    expect(sent).toEqual([{ deed: 'adopt', service_request_id: '293944' }])
    screen.unmount()
  })
})
