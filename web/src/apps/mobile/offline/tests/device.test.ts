import 'fake-indexeddb/auto'
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api, result, whenWiped } from '@/shared/api/client'
import { deviceId, deviceName, forgetDevice } from '../../state/device'
import DeviceList from '../../components/DeviceList.vue'
import PushSwitch from '../../components/PushSwitch.vue'
import { channels, registered, serverKey } from '../../state/notice-count'
import { fileNameOf, voiceType } from '../../state/voice'
import { pushState, raced, subscribeWithin, turnOn } from '../push'

const registration = { pushManager: {}, active: null }

function browser(subscribe: () => Promise<unknown>, answer: NotificationPermission) {
  vi.stubGlobal('PushManager', Object)
  vi.stubGlobal('Notification', {
    permission: 'default',
    requestPermission: () => Promise.resolve(answer),
  })
  const found = { ...registration, pushManager: { subscribe, getSubscription: () => null } }
  const getRegistration = () => Promise.resolve(found)
  vi.stubGlobal('navigator', { userAgent: 'x', serviceWorker: { getRegistration } })
}

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  forgetDevice()
})

describe('27: notifications', () => {
  it('27: a browser whose push service hangs is given up after ten seconds', async () => {
    vi.useFakeTimers()
    browser(() => new Promise(() => undefined), 'granted')
    const turned = turnOn('BA')
    await vi.advanceTimersByTimeAsync(subscribeWithin)
    expect(await turned).toBe('failed')
    const quick = raced(Promise.resolve(1), 10)
    expect(await quick).toBe(1)
  })

  it('27: the other way that is named is one the server has and the official wants', async () => {
    browser(() => Promise.reject(new Error('no')), 'denied')
    const wants = { web_push: true, wecom: true, dingtalk: true, sms: true, email: false }
    const named = async (has: (keyof typeof wants)[]) => {
      channels.value = has
      const preferences = {
        ...{ quiet_from: '22:00', quiet_to: '07:00', language: 'zh-CN' as const },
        channels: wants,
      }
      const shown = mount(PushSwitch, { props: { preferences } })
      await flushPromises()
      return shown.text()
    }
    serverKey.value = ''
    expect(await named(['sms', 'email'])).toContain('短信')
    expect(await named(['dingtalk', 'sms'])).toContain('钉钉')
    expect(await named(['email'])).toContain('本应用的消息页')
  })

  it('30: a page that stands before the log-in has listed the phone lists it then', async () => {
    const answers = [
      [],
      [{ id: 'x', name: 'Android · Chrome', current: true, seen_at: '2026-11-27T04:00:00.000Z' }],
    ]
    const get = vi.spyOn(api, 'GET').mockImplementation((() =>
      Promise.resolve({
        data: { items: answers.shift() ?? [] },
        response: new Response(),
      })) as never)
    const shown = mount(DeviceList)
    await flushPromises()
    expect(shown.text()).not.toContain('这台设备')
    registered.value += 1
    await flushPromises()
    expect(shown.text()).toContain('这台设备')
    get.mockRestore()
  })

  it('27: a refusal, a browser without push and a server without it are told apart', async () => {
    browser(() => Promise.reject(new Error('no')), 'denied')
    expect(await turnOn('BA')).toBe('denied')
    expect(await pushState('BA')).toBe('off')
    expect(await pushState('')).toBe('no_service')
    vi.stubGlobal('Notification', { permission: 'denied' })
    expect(await pushState('BA')).toBe('denied')
    vi.stubGlobal('navigator', { userAgent: 'x' })
    expect(await pushState('BA')).toBe('unsupported')
  })

  it('27: a service that cannot be reached is no refusal', async () => {
    browser(() => Promise.reject(new Error('push service error')), 'granted')
    expect(await turnOn('BA')).toBe('failed')
  })
})

describe('30: the device', () => {
  it('30: has a name of its own in every request, and a new one after a wipe', async () => {
    const sent: (string | null)[] = []
    vi.stubGlobal('fetch', (request: Request) => {
      sent.push(request.headers.get('X-Device'))
      return Promise.resolve(new Response('{}', { status: 200 }))
    })
    const id = deviceId()
    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(deviceId()).toBe(id)
    await result(api.GET('/me'))
    forgetDevice()
    expect(deviceId()).not.toBe(id)
    await result(api.GET('/me'))
    expect(sent).toEqual([id, deviceId()])
  })

  it('30: that was given up hears it with its next request; an ended session is no such thing', async () => {
    const wiped = vi.fn()
    whenWiped(wiped)
    const answer = (type: string) =>
      vi.stubGlobal('fetch', () =>
        Promise.resolve(new Response(JSON.stringify({ type }), { status: 401 })),
      )
    answer('/problems/session-expired')
    await result(api.GET('/me'))
    await Promise.resolve()
    expect(wiped).not.toHaveBeenCalled()
    answer('/problems/device-wiped')
    await result(api.GET('/me'))
    await vi.waitUntil(() => wiped.mock.calls.length === 1)
  })

  it('is known by system and browser in the list', () => {
    const android =
      'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36'
    expect(deviceName(android)).toBe('Android · Chrome')
    expect(deviceName(`${android} wxwork/4.1`)).toBe('Android · WeCom')
    expect(deviceName('Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) Version/17.5 Safari/604.1')).toBe(
      'iPhone · Safari',
    )
    expect(deviceName('curl/8')).toBe('Browser')
  })
})

describe('voice notes', () => {
  it('are recorded in a kind the server takes, where the browser can', () => {
    const isTypeSupported = (type: string) => type === 'audio/mp4'
    vi.stubGlobal('MediaRecorder', { isTypeSupported })
    vi.stubGlobal('navigator', { mediaDevices: {} })
    expect(voiceType()).toBe('audio/mp4')
    expect(fileNameOf('语音 11:05', 'audio/mp4')).toBe('语音 11.05.m4a')
    vi.stubGlobal('navigator', {})
    expect(voiceType()).toBeUndefined()
  })
})
