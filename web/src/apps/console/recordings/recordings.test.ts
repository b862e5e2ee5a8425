import { mount } from '@vue/test-utils'
import { minutesAndSeconds } from '@/shared/i18n/format'
import { describe, expect, it } from 'vitest'
import EventLog from '../components/EventLog.vue'
import RecordingPlayer from './RecordingPlayer.vue'
import { soughtBy, whyNot, type Recording } from './recording'

const kept: Recording = {
  call: 17,
  state: 'kept',
  at: '2026-11-27T03:00:00.000Z',
  seconds: 187,
  kept_until: '2028-11-26T03:03:07.000Z',
}

describe('a key in a recording', () => {
  it('leads five seconds or half a minute on or back, never beyond its ends', () => {
    expect(soughtBy('ArrowRight', 10, 187)).toBe(15)
    expect(soughtBy('ArrowLeft', 3, 187)).toBe(0)
    expect(soughtBy('PageDown', 170, 187)).toBe(187)
    expect(soughtBy('PageUp', 60, 187)).toBe(30)
    expect(soughtBy('Home', 60, 187)).toBe(0)
    expect(soughtBy('End', 60, 187)).toBe(187)
    expect(soughtBy('j', 60, 187)).toBeUndefined()
    expect(minutesAndSeconds(187)).toBe('3:07')
  })
})

describe('the player of a recording', () => {
  it('fetches nothing before it is played, and says how long it is kept', () => {
    const shown = mount(RecordingPlayer, { props: { recording: kept } })
    const audio = shown.get('audio')
    expect(audio.attributes('src')).toBe('/api/v1/calls/17/recording')
    expect(audio.attributes('preload')).toBe('none')
    expect(audio.attributes('aria-label')).toBe('通话录音，时长 3:07')
    expect(shown.text()).toContain('时长 3:07')
    expect(shown.text()).toContain('保存至 2028年11月26日')
    expect(shown.text()).toContain('收听会记入审计日志')
  })

  it('is sought in by keys, which are nobody else’s then', async () => {
    const shown = mount(RecordingPlayer, { props: { recording: kept } })
    const audio = shown.get('audio')
    let heard = 0
    shown.element.addEventListener('keydown', () => (heard += 1))
    await audio.trigger('keydown', { key: 'PageDown' })
    expect(audio.element.currentTime).toBe(30)
    await audio.trigger('keydown', { key: 'ArrowLeft' })
    expect(audio.element.currentTime).toBe(25)
    expect(heard).toBe(0)
    await audio.trigger('keydown', { key: 'ArrowLeft', ctrlKey: true })
    await audio.trigger('keydown', { key: '?' })
    expect(audio.element.currentTime).toBe(25)
    expect(heard).toBe(2)
  })

  it('says when it could not be had, and tries again', async () => {
    const shown = mount(RecordingPlayer, { props: { recording: kept } })
    let loads = 0
    shown.get('audio').element.load = () => void (loads += 1)
    await shown.get('audio').trigger('error')
    expect(shown.get('[role=alert]').text()).toContain('录音没有取到')
    await shown.get('button').trigger('click')
    expect(loads).toBe(1)
    expect(shown.find('[role=alert]').exists()).toBe(false)
  })

  it('says why there is none', () => {
    const text = (over: Partial<Recording>): string =>
      mount(RecordingPlayer, { props: { recording: { ...kept, ...over } } }).text()
    expect(text({ state: 'none' })).toBe('没有录音')
    expect(text({ state: 'at_exchange' })).toContain('还在交换机上')
    expect(text({ state: 'at_platform' })).toContain('呼叫平台')
    expect(text({ state: 'lost' })).toContain('没有找到')
    expect(text({ state: 'deleted', deleted_at: '2028-11-27T01:00:00.000Z' })).toBe(
      '录音已于 2028年11月27日 到期删除',
    )
    expect(whyNot(kept)).toBe('')
  })
})

describe('a call among what happened to a ticket', () => {
  const event = (seq: number, at: string) => ({
    seq,
    at,
    act: 'note' as const,
    from: 'handling' as const,
    to: 'handling' as const,
    role: 'agent',
    actor_name: '李敏',
    internal: false,
  })
  const events = [event(1, '2026-11-27T03:02:00.000Z'), event(2, '2026-11-27T05:00:00.000Z')]
  const places = (at: string | undefined): string[] =>
    mount(EventLog, {
      props: { events, recording: at === undefined ? undefined : { ...kept, at } },
      global: { stubs: { RecordingPlayer: true } },
    })
      .findAll('time')
      .map((time) => time.attributes('datetime') ?? '')

  it('stands where it belongs by its time', () => {
    expect(places(undefined)).toHaveLength(2)
    expect(places(kept.at)).toEqual([events[1]?.at, events[0]?.at, kept.at])
    const between = '2026-11-27T04:00:00.000Z'
    expect(places(between)).toEqual([events[1]?.at, between, events[0]?.at])
  })
})
