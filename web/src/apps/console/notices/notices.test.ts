import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, test, vi } from 'vitest'
import BulletinDialog from './BulletinDialog.vue'
import BulletinsView from './BulletinsView.vue'
import {
  audienceOf,
  bodyOf,
  bulletinFaults,
  emptyDraft,
  receiptStates,
  stageOf,
  type Bulletin,
} from './bulletin'
import en from './i18n.en'
import zh from './i18n.zh'
import { starterNames, starters } from './starters'

const sent: Bulletin = {
  id: 7,
  at: '2026-11-27T04:00:00.000Z',
  author_name: '督办员',
  title: '系统维护',
  body: '今晚十点维护',
  audience: { roles: ['official'], units: [] },
  receivers: 10,
  told: 4,
  read: 1,
  not_reached: 1,
  receipts_kept: true,
  channels: [{ channel: 'wecom', queued: 5, sent: 4, failed: 1 }],
}

describe('a bulletin', () => {
  test('needs a title and a text, and with English both of them in English', () => {
    expect(bulletinFaults(emptyDraft())).toEqual([
      ['title', 'missing'],
      ['body', 'missing'],
    ])
    const written = { ...emptyDraft(), title: '通', body: '内'.repeat(501), english: true }
    expect(bulletinFaults(written)).toEqual([
      ['title', 'short'],
      ['body', 'long'],
      ['title_en', 'missing'],
      ['body_en', 'missing'],
    ])
  })

  test('leaves out what is not narrowed down, and English nobody asked for', () => {
    expect(audienceOf({ roles: [], units: '' })).toEqual({})
    expect(audienceOf({ roles: ['official'], units: '3,17' })).toEqual({
      roles: ['official'],
      units: [3, 17],
    })
    const draft = { ...emptyDraft(), title: ' 通知 ', body: '内容', title_en: 'left over' }
    expect(bodyOf(draft)).toEqual({ title: '通知', body: '内容', audience: {} })
  })

  test('runs while something stands in line, rests in quiet hours, and comes to its end', () => {
    expect(stageOf(sent)).toBe('running')
    expect(stageOf({ ...sent, channels: [] })).toBe('running')
    const waiting = [{ channel: 'wecom' as const, queued: 0, sent: 4, failed: 1 }]
    expect(stageOf({ ...sent, channels: waiting })).toBe('quiet')
    expect(stageOf({ ...sent, told: 9 })).toBe('finished')
  })

  test('every starter is within the limits and names nobody; every code has its word', () => {
    for (const name of starterNames) {
      expect(bulletinFaults({ ...emptyDraft(), ...starters[name], english: true })).toEqual([])
      expect(JSON.stringify(starters[name])).not.toMatch(/1[3-9]\d{9}/)
      expect(Object.keys(zh)).toContain(`starter.${name}`)
    }
    for (const state of receiptStates) expect(Object.keys(en)).toContain(`receipt.${state}`)
  })
})

describe('the screen', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    document.body.replaceChildren()
  })

  const asked: [string, unknown][] = []
  function server(answers: (path: string, method: string) => Response): void {
    asked.length = 0
    vi.stubGlobal('fetch', async (input: Request) => {
      const { pathname } = new URL(input.url, 'http://localhost')
      const path = pathname.replace('/api/v1', '')
      const text = await input.text()
      asked.push([`${input.method} ${path}`, text === '' ? undefined : JSON.parse(text)])
      return answers(path, input.method)
    })
  }

  test('shows how far a bulletin got, and with whom', async () => {
    server((path) => {
      if (path === '/bulletins') return Response.json({ items: [sent] })
      if (path === '/bulletins/7') return Response.json(sent)
      return Response.json({
        items: [
          {
            id: 1,
            name: '王敏',
            role: 'official',
            unit_name: '住建局',
            receipt: 'read',
            read_at: sent.at,
            channels: [
              { channel: 'live', state: 'sent' },
              { channel: 'wecom', state: 'failed' },
            ],
          },
        ],
      })
    })
    const screen = mount(BulletinsView, { attachTo: document.body })
    await flushPromises()
    await screen.get('[aria-label="送达情况 系统维护"]').trigger('click')
    await flushPromises()
    expect(screen.get('progress').attributes()).toMatchObject({ max: '10', value: '4' })
    expect(screen.text()).toContain('4 / 10 人已送达，1 人已读')
    expect(screen.text()).toContain('正在发送')
    expect(screen.text()).toContain('王敏')
    // An open page is told whether anybody looks or not; it is no receipt.
    expect(screen.text()).toContain('企业微信 未发出')
    expect(screen.text()).not.toContain('打开的页面 已发')
    screen.unmount()
  })

  test('names what is wrong at its field, counts the audience, and sends', async () => {
    server((path, method) => {
      if (path === '/bulletins/audience')
        return Response.json({
          receivers: 3,
          open_page_only: 1,
          channels: [{ channel: 'wecom', receivers: 2 }],
        })
      if (method === 'POST' && asked.filter(([what]) => what === 'POST /bulletins').length === 1)
        return Response.json(
          {
            type: '/problems/validation-failed',
            code: 'validation_failed',
            title: '',
            status: 422,
            detail: '',
            errors: [{ field: 'body', code: 'rule_broken', message: '请删去手机号' }],
          },
          { status: 422, headers: { 'Content-Type': 'application/problem+json' } },
        )
      return Response.json({ id: 8, receivers: 3 }, { status: 202 })
    })
    const screen = mount(BulletinDialog, { attachTo: document.body })
    const form = () => document.querySelector<HTMLFormElement>('dialog form')
    await vi.waitFor(() => expect(document.body.textContent).toContain('将发给 3 人'))
    expect(document.body.textContent).toContain('其中 1 人只能在打开页面时看到')
    form()?.requestSubmit()
    await flushPromises()
    expect(document.body.textContent).toContain('请填写标题')
    const write = async (id: string, text: string): Promise<void> => {
      const field = document.getElementById(id) as HTMLInputElement
      field.value = text
      field.dispatchEvent(new Event('input'))
      await flushPromises()
    }
    await write('bulletin-title', '通知')
    await write('bulletin-body', '请联系 13800138000')
    form()?.requestSubmit()
    await flushPromises()
    expect(document.body.textContent).toContain('请删去手机号')
    await write('bulletin-body', '今晚维护')
    form()?.requestSubmit()
    await flushPromises()
    expect(screen.emitted('sent')).toEqual([[8, 3]])
    expect(asked.at(-1)?.[1]).toEqual({ title: '通知', body: '今晚维护', audience: {} })
    screen.unmount()
  })
})
