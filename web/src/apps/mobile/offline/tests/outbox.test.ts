// @vitest-environment node -- its Blob can be stored
import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Action } from '@/shared/ticket/types'
import { queue } from '../../state/queue'
import { bodyOf, enqueue, readQueue, release, sweepPhotos, type Chosen } from '../outbox'
import { discard, sendAgain, sendAll } from '../send'
import { destroyShelf, shelf } from '../shelf'
import { office, photo } from './office'

const turn = () => Promise.resolve(true)
let keys = 0

const tap = (
  ticketNo: string,
  action: Action,
  seen: number,
  over: { files?: readonly Chosen[]; seenSeq?: number; heldUntil?: number; user?: number } = {},
) =>
  enqueue({
    ...{ kind: 'act', ticketNo, action, body: { reason: '现场已经看过' }, seen },
    ...{ key: `key-${++keys}`, at: keys, user: 7, files: [], ...over },
  })

beforeEach(async () => {
  await destroyShelf()
  queue.value = []
})

describe('23: the queue', () => {
  it('23: is sent once and in order, each act under the version the one before has made', async () => {
    const { sender, done, ifMatch, open } = office()
    open('WN1')
    open('WN2')
    await tap('WN1', 'first_contact', 2, { files: [photo('a.jpg'), photo('b.jpg')] })
    await tap('WN2', 'note', 2)
    await tap('WN1', 'note', 2, { files: [photo('c.jpg')] })
    await tap('WN1', 'note', 2)
    expect(await sendAll(sender, turn)).toEqual({ later: false })
    expect(done).toEqual([
      ...['WN1 first_contact', 'WN1 file a.jpg', 'WN1 file b.jpg', 'WN2 note'],
      ...['WN1 note', 'WN1 file c.jpg', 'WN1 note'],
    ])
    expect(ifMatch).toEqual(['"2"', '"2"', '"5"', '"7"'])
    expect(queue.value).toEqual([])
    expect(await (await shelf()).keys('photos')).toEqual([])
  })

  it('23: outlives the browser with its photos', async () => {
    const { sender, done, open } = office()
    open('WN1')
    const item = await tap('WN1', 'note', 2, { files: [photo('a.jpg')] })
    queue.value = [] // all a page holds in memory
    await readQueue()
    expect(queue.value).toMatchObject([{ id: item.id, key: item.key, photos: [{ sent: false }] }])
    expect(await (await bodyOf(item, 0))?.text()).toBe('a.jpg')
    await sendAll(sender, turn)
    expect(done).toEqual(['WN1 note', 'WN1 file a.jpg'])
  })

  it('23: is not applied twice when an answer gets lost, and goes on from where the way broke', async () => {
    const { sender, done, weather, open } = office()
    open('WN1')
    await tap('WN1', 'note', 2, { files: [photo('a.jpg'), photo('b.jpg')] })
    await tap('WN1', 'note', 2)
    weather.push('gone')
    expect(await sendAll(sender, turn)).toMatchObject({ later: true })
    weather.push('lost')
    expect(await sendAll(sender, turn)).toMatchObject({ later: true })
    weather.push('fine', 'fine', 'lost') // the act again, the first photo, the second photo
    expect(await sendAll(sender, turn)).toMatchObject({ later: true })
    expect(queue.value[0]?.photos.map(({ sent }) => sent)).toEqual([true, false])
    expect(await sendAll(sender, turn)).toEqual({ later: false })
    expect(done).toEqual(['WN1 note', 'WN1 file a.jpg', 'WN1 file b.jpg', 'WN1 note'])
  })

  it('23: shows the evidence before an act the ticket leaves its official by', async () => {
    const { sender, done, open } = office()
    open('WN1', ['submit_result'])
    await tap('WN1', 'submit_result', 2, { files: [photo('a.jpg')] })
    await sendAll(sender, turn)
    expect(done).toEqual(['WN1 file a.jpg', 'WN1 submit_result'])
  })

  it('26: keeps a signature for its five seconds, unless something is done after it', async () => {
    const { sender, done, open, pass } = office()
    open('WN1', ['sign_for', 'note'])
    await tap('WN1', 'sign_for', 2, { heldUntil: sender.now() + 5000 })
    await sendAll(sender, turn)
    expect(done).toEqual([])
    pass(5000)
    await sendAll(sender, turn)
    expect(done).toEqual(['WN1 sign_for'])
    await tap('WN1', 'note', 3, { heldUntil: sender.now() + 5000 })
    await release('WN1')
    await sendAll(sender, turn)
    expect(done).toEqual(['WN1 sign_for', 'WN1 note'])
  })

  it('is of the one who tapped: another person at the phone does not send it', async () => {
    const { sender, done, open } = office()
    open('WN1')
    await tap('WN1', 'note', 2, { user: 8 })
    await sendAll(sender, turn)
    expect(done).toEqual([])
    expect(queue.value).toHaveLength(1)
  })

  it('a visit waits for its number before its photos go, and keeps the query code', async () => {
    const { sender, done, open } = office()
    const visit = { kind: 'visit', firm: '面粉厂', key: 'v1', at: 1, user: 7 } as const
    const body = { content: '门口路灯不亮', appellant: { phone: '13800000000' } }
    await enqueue({ ...visit, body, files: [photo('a.jpg')] })
    expect(await sendAll(sender, turn)).toEqual({ later: true, wait: 5 })
    open('WN-v1')
    expect(await sendAll(sender, turn)).toEqual({ later: false })
    expect(done).toEqual(['visit', 'WN-v1 file a.jpg'])
    expect(queue.value).toMatchObject([{ receipt: { query_code: 'A1' } }])
    expect(await sendAll(sender, turn)).toEqual({ later: false })
  })

  it('leaves no bytes behind whose act was never written down', async () => {
    const item = await tap('WN1', 'note', 2, { files: [photo('a.jpg')] })
    await (await shelf()).batch([{ store: 'photos', key: 'lost/0', value: photo('x').body }])
    await sweepPhotos()
    expect(await (await shelf()).keys('photos')).toEqual([`${item.key}/0`])
  })
})

describe('24: a refusal', () => {
  it('24: is shown with what others did since the tap, and holds up its own ticket only', async () => {
    const { sender, done, open, happen } = office()
    open('WN1')
    open('WN2')
    await tap('WN1', 'note', 2, { seenSeq: 1 })
    await tap('WN1', 'note', 2, { seenSeq: 1 })
    await tap('WN2', 'note', 2)
    happen('WN1', { act: 'supervise', role: 'supervisor', actor_name: '王五' })
    await sendAll(sender, turn)
    expect(done).toEqual(['WN2 note'])
    expect(queue.value).toHaveLength(2)
    expect(queue.value[0]?.refusal).toMatchObject({
      code: 'stale_version',
      version: 3,
      again: true,
      news: [{ act: 'supervise', actor_name: '王五' }],
    })
    const [first] = queue.value
    if (first) await sendAgain(first)
    await sendAll(sender, turn)
    expect(done).toEqual(['WN2 note', 'WN1 note', 'WN1 note'])
  })

  it('24: is no matter of a limit that ran out or of what one did oneself', async () => {
    const { sender, done, open, happen } = office()
    open('WN1')
    await tap('WN1', 'note', 2)
    happen('WN1', { act: 'yellow_card', role: 'system', actor_name: '系统' })
    happen('WN1', { act: 'attach', actor_name: '张三' })
    expect(await sendAll(sender, turn)).toEqual({ later: false })
    expect(done).toEqual(['WN1 note'])
    expect(queue.value).toEqual([])
  })

  it('24: of the state comes with the next step; given up, what follows goes on', async () => {
    const { sender, done, open, allow } = office()
    open('WN1')
    await tap('WN1', 'first_contact', 2, { files: [photo('a.jpg')] })
    await tap('WN1', 'note', 2)
    allow('WN1', ['note'])
    await sendAll(sender, turn)
    const [first] = queue.value
    expect(first?.refusal).toMatchObject({ status: 409, again: false, detail: '现在不能这样做' })
    if (first) await discard(first)
    await sendAll(sender, turn)
    expect(done).toEqual(['WN1 note'])
    expect(await (await shelf()).keys('photos')).toEqual([])
  })

  it('24: of a ticket that was taken away says so, in the words of the notice', async () => {
    const { sender, done, open, takeAway } = office()
    open('WN1')
    await tap('WN1', 'note', 2)
    const notice = { at: '2026-11-27T03:00:00Z', title: '工单已转出', body: '转给本单位其他同事' }
    takeAway('WN1', notice)
    await sendAll(sender, turn)
    expect(done).toEqual([])
    expect(queue.value[0]?.refusal).toMatchObject({ status: 404, again: false, taken: notice })
  })

  it('a server that fails at one act only is not asked for ever', async () => {
    const { sender, weather, open, problem } = office()
    open('WN1')
    await tap('WN1', 'note', 2)
    for (let n = 0; n < 4; n++) {
      weather.push(problem(500, 'internal'))
      expect(await sendAll(sender, turn)).toMatchObject({ later: true })
    }
    weather.push(problem(500, 'internal'))
    expect(await sendAll(sender, turn)).toEqual({ later: false })
    expect(queue.value[0]?.refusal).toMatchObject({ status: 500, again: true })
  })

  it('a busy server is waited for as long as it wishes', async () => {
    const { sender, weather, open, problem } = office()
    open('WN1')
    await tap('WN1', 'note', 2)
    weather.push({ ...problem(503, 'queue_full'), retry_after: 7 })
    expect(await sendAll(sender, turn)).toEqual({ later: true, wait: 7 })
  })
})
