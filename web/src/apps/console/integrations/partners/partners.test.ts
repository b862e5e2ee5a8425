import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, test, vi } from 'vitest'
import en from './i18n.en'
import zh from './i18n.zh'
import { draftOf, inputOf, missingIn, servicesOf, type Partner } from './partner'
import PartnersPanel from './PartnersPanel.vue'

const pucheng: Partner = {
  id: 1,
  name: '蒲城城管',
  base_url: 'https://311.example.gov.cn/v2',
  jurisdiction_id: 'pucheng',
  has_api_key: true,
  unit: { id: 3, code: '610526.housing', name: '蒲城县住建局' },
  format: 'xml',
  active: true,
  shares_contact: false,
  echoes: false,
  services: [{ topic: '用电', service_code: '001' }],
  created_at: '2026-11-27T04:00:00.000Z',
  failures: 0,
  tickets: 3,
  under_way: 2,
  in_trouble: 1,
}

describe('a partner', () => {
  test('needs a name, a unit and an address; a key that is not typed stays', () => {
    expect(missingIn(draftOf())).toEqual(['name', 'base_url', 'unit_id'])
    expect(missingIn(draftOf(pucheng))).toEqual([])
    expect(inputOf(draftOf(pucheng))).not.toHaveProperty('api_key')
    expect(inputOf({ ...draftOf(pucheng), api_key: 'k' })).toMatchObject({
      api_key: 'k',
      unit_id: 3,
    })
  })

  test('maps only lines that name a service', () => {
    const line = { topic: '用电', service_code: ' 001 ', attributes: '' }
    expect(servicesOf([line, { ...line, topic: '', service_code: '' }])).toEqual([
      { topic: '用电', service_code: '001', attributes: '' },
    ])
  })

  test('every fault has its words in both languages', () => {
    const faults = ['bad_url', 'not_allowed', 'unreachable', 'tls', 'timeout', 'cut', 'too_large']
    for (const fault of [...faults, 'unreadable', 'refused']) {
      expect(Object.keys(zh)).toContain(`fault.${fault}`)
      expect(Object.keys(en)).toContain(`fault.${fault}`)
    }
  })
})

describe('the panel', () => {
  afterEach(() => vi.unstubAllGlobals())

  test('lists partners and offers their own services for the mapping', async () => {
    const asked: string[] = []
    vi.stubGlobal('fetch', async (request: Request) => {
      const path = new URL(request.url, 'http://localhost').pathname
      asked.push(`${request.method} ${path}`)
      if (path.endsWith('/services')) {
        const service = { description: '', group: '', type: 'realtime', metadata: false }
        const items = [{ service_code: '001', service_name: '停电报修', ...service }]
        return Response.json({ ok: true, items })
      }
      if (path.endsWith('/reference')) return Response.json({ topics: [{ topic: '用电' }] })
      return Response.json({ items: [pucheng] })
    })
    const screen = mount(PartnersPanel, { attachTo: document.body })
    await flushPromises()
    expect(screen.text()).toContain('蒲城县住建局')
    await screen.get('[aria-label="服务对应 蒲城城管"]').trigger('click')
    await flushPromises()
    expect(document.body.textContent).toContain('停电报修 (001)')
    document.querySelector<HTMLFormElement>('dialog form')?.requestSubmit()
    await flushPromises()
    expect(asked).toContain('PATCH /api/v1/partners/1')
    screen.unmount()
  })

  test('offers to delete only who never had a ticket, and says why it cannot be', async () => {
    const detail = '有 1 处需要修改'
    const errors = [{ field: 'partner_id', code: 'rule_broken', message: '已有工单转交过' }]
    const fresh = { ...pucheng, id: 2, name: '富平城管', tickets: 0 }
    const asked: string[] = []
    vi.stubGlobal('fetch', async ({ method, url }: Request) => {
      if (method === 'GET') return Response.json({ items: [pucheng, fresh] })
      asked.push(`${method} ${new URL(url, 'http://localhost').pathname}`)
      const problem = { title: '', code: 'validation_failed', status: 422, detail, errors }
      return Response.json(problem, { status: 422 })
    })
    const screen = mount(PartnersPanel, { attachTo: document.body })
    await flushPromises()
    expect(screen.find('[aria-label="删除 蒲城城管"]').exists()).toBe(false)
    await screen.get('[aria-label="删除 富平城管"]').trigger('click')
    await flushPromises()
    document.querySelector<HTMLFormElement>('dialog form')?.requestSubmit()
    await flushPromises()
    expect(asked).toEqual(['DELETE /api/v1/partners/2'])
    expect(document.querySelector('dialog')?.textContent).toContain('已有工单转交过')
    screen.unmount()
  })
})
