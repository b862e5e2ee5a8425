import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { addressIn, optionsOf, parsePush } from './push'
import { forgetShown, isFirst, keepDevice, keptDevice } from './shown'

const origin = 'https://hotline.example'
const sent = { id: 7, title: '新派工单', body: '请签收', url: '/mobile#/tickets/WN1' }

describe('28: a push', () => {
  it('28: is shown under its ticket, so that the newest takes the place of the one before', () => {
    const message = parsePush(JSON.stringify({ ...sent, tag: 'WN1', ticket_no: 'WN1' }))
    if (message.kind !== 'notice') throw new Error(message.kind)
    expect(optionsOf(message.notice)).toMatchObject({
      body: '请签收',
      tag: 'WN1',
      data: { url: '/mobile#/tickets/WN1', id: '7' },
    })
  })

  it('28: without a ticket, such as the summary of a shift, stands for itself', () => {
    expect(parsePush(JSON.stringify(sent))).toMatchObject({ notice: { tag: '7' } })
    const summary = { ...sent, tag: 'shift' }
    expect(parsePush(JSON.stringify(summary))).toMatchObject({ notice: { tag: 'shift' } })
  })

  it('may order a wipe; what cannot be read is said to be so', () => {
    expect(parsePush('{"wipe":true}')).toEqual({ kind: 'wipe' })
    for (const odd of ['', '[]', 'null', '{"id":1}', '{"title":"x"}'])
      expect(parsePush(odd)).toEqual({ kind: 'unknown' })
  })

  it('leads into this app and nowhere else', () => {
    expect(addressIn('/mobile#/tickets/WN1', origin)).toBe(`${origin}/mobile#/tickets/WN1`)
    for (const foreign of [
      'https://evil.example/mobile',
      '//evil.example',
      '/console',
      'javascript:1',
      '',
    ])
      expect(addressIn(foreign, origin)).toBe(`${origin}/mobile`)
  })

  it('28: that comes twice is shown once, even at the same moment, and the last two hundred are known', async () => {
    expect(await Promise.all([isFirst('a'), isFirst('a')])).toEqual([true, false])
    for (let n = 0; n < 200; n++) await isFirst(`n${n}`)
    expect(await isFirst('n0')).toBe(false)
    expect(await isFirst('a')).toBe(true) // so long ago that it is forgotten
    await keepDevice('d1')
    expect(await keptDevice()).toBe('d1')
    await forgetShown()
    expect(await keptDevice()).toBeUndefined()
    expect(await isFirst('n0')).toBe(true)
  })
})
