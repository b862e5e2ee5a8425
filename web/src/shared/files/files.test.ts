import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Result } from '../api/client'
import type { Problem } from '../api/problem'
import { faultOf, isPicture, sizeText, wantsShrinking } from './file-rules'
import { fileAddress, uploadToAppeal, uploadToTicket } from './send-file'
import { fitted, shrunk } from './shrink'
import { createUploads, type SendOne } from './uploads'

const named = (name: string, size = 1000, type = '') => ({ name, size, type })
const file = (name: string, size = 3): File => new File([new Uint8Array(size)], name)

const problem = (code: string, status: number, retry_after?: number): Result<unknown> => ({
  ok: false,
  problem: {
    type: '',
    title: code,
    status,
    code,
    detail: `because of ${code}`,
    ...(retry_after !== undefined && { retry_after }),
  } satisfies Problem,
})
const fine: Result<unknown> = { ok: true, data: {}, response: new Response() }

beforeEach(() => {
  URL.createObjectURL = vi.fn(() => 'blob:picture')
  URL.revokeObjectURL = vi.fn()
})
afterEach(() => vi.restoreAllMocks())

describe('what may be sent', () => {
  it('is told by the extension before anything is sent', () => {
    expect(faultOf(named('照片.JPG'))).toBeUndefined()
    expect(faultOf(named('证明.pdf'))).toBeUndefined()
    expect(faultOf(named('blob', 10, 'image/png'))).toBeUndefined()
    expect(faultOf(named('setup.exe'))).toBe('fault.type')
    expect(faultOf(named('旧表.xls'))).toBe('fault.type')
    expect(faultOf(named('空.pdf', 0))).toBe('fault.empty')
    expect(faultOf(named('大.pdf', 11 * 1024 * 1024))).toBe('fault.large')
  })
  it('takes a photograph of any size, because it is made smaller first', () => {
    expect(faultOf(named('IMG.jpg', 30 * 1024 * 1024))).toBeUndefined()
    expect(wantsShrinking(named('IMG.jpg', 5 * 1024 * 1024))).toBe(true)
    expect(wantsShrinking(named('IMG.jpg', 200 * 1024))).toBe(false)
    expect(isPicture(named('voice.m4a', 1, 'audio/mp4'))).toBe(false)
  })
  it('says sizes as people know them', () => {
    expect(sizeText(10)).toBe('1 KB')
    expect(sizeText(235_000)).toBe('229 KB')
    expect(sizeText(1_500_000)).toBe('1.4 MB')
  })
})

describe('making a picture smaller', () => {
  it('keeps its shape and never makes it larger', () => {
    expect(fitted(4000, 3000)).toEqual({ width: 2560, height: 1920 })
    expect(fitted(3000, 4000)).toEqual({ width: 1920, height: 2560 })
    expect(fitted(800, 600)).toEqual({ width: 800, height: 600 })
    expect(fitted(100_000, 1)).toEqual({ width: 2560, height: 1 })
  })
  it('leaves the file as it is where the browser cannot', async () => {
    const large = file('IMG.jpg', 2 * 1024 * 1024)
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('no')))
    expect(await shrunk(large)).toBe(large)
    vi.unstubAllGlobals()
  })
})

describe('addresses', () => {
  it('carry names and codes whatever is in them', () => {
    expect(uploadToTicket('WN1', '现场 & 照片.jpg', true)).toBe(
      '/tickets/WN1/attachments?name=%E7%8E%B0%E5%9C%BA+%26+%E7%85%A7%E7%89%87.jpg&internal=true',
    )
    expect(uploadToAppeal('WN1', 'AB CD', 'a.pdf')).toBe(
      '/appeals/WN1/attachments?code=AB+CD&name=a.pdf',
    )
    expect(fileAddress('/tickets/WN1/attachments', 4, true)).toBe(
      '/api/v1/tickets/WN1/attachments/4/preview',
    )
    expect(fileAddress('/appeals/WN1/attachments', 4, false, 'AB')).toBe(
      '/api/v1/appeals/WN1/attachments/4?code=AB',
    )
  })
})

describe('uploads', () => {
  const waits: number[] = []
  const make = (tries = 3) => {
    waits.length = 0
    const wait = (seconds: number) => (waits.push(seconds), Promise.resolve())
    return createUploads({ wait, tries, shrink: (one) => Promise.resolve(one) })
  }
  const answers = (...list: Result<unknown>[]): SendOne & { calls: string[] } => {
    const calls: string[] = []
    const send: SendOne = ({ name }) => {
      calls.push(name)
      return Promise.resolve(list.shift() ?? fine)
    }
    return Object.assign(send, { calls })
  }

  it('go one after the other and say when all have arrived', async () => {
    const uploads = make()
    uploads.add([file('a.jpg'), file('b.pdf')])
    const send = answers()
    expect(await uploads.start(send)).toBe(true)
    expect(send.calls).toEqual(['a.jpg', 'b.pdf'])
    expect(uploads.items.map(({ state }) => state)).toEqual(['done', 'done'])
  })

  it('are tried again on a bad connection and while the appeal is in the queue', async () => {
    const uploads = make()
    uploads.add([file('a.jpg')])
    const send = answers(problem('network', 0), problem('in_progress', 409, 1), fine)
    expect(await uploads.start(send)).toBe(true)
    expect(send.calls).toHaveLength(3)
    expect(waits).toEqual([2, 1])
  })

  it('stop at once when the server refuses the file, and the others go on', async () => {
    const uploads = make()
    uploads.add([file('a.pdf'), file('b.pdf')])
    const send = answers(problem('file_refused', 422), fine)
    expect(await uploads.start(send)).toBe(false)
    expect(uploads.items.map(({ state }) => state)).toEqual(['failed', 'done'])
    expect(uploads.items[0]?.problem?.detail).toBe('because of file_refused')
  })

  it('that failed are sent again when asked, with the very bytes of before', async () => {
    const shrink = vi.fn((one: File) => Promise.resolve(one as Blob))
    const uploads = createUploads({ wait: () => Promise.resolve(), tries: 1, shrink })
    uploads.add([file('a.jpg')])
    expect(await uploads.start(answers(problem('network', 0)))).toBe(false)
    expect(await uploads.start(answers())).toBe(false)
    expect(await uploads.start(answers(), true)).toBe(true)
    expect(shrink).toHaveBeenCalledTimes(1)
  })

  it('keep what was ticked when they were chosen', async () => {
    const uploads = make()
    uploads.add([file('secret.pdf')], true)
    uploads.add([file('open.pdf')], false)
    const seen: [string, boolean][] = []
    await uploads.start(({ name, internal }) => {
      seen.push([name, internal])
      return Promise.resolve(fine)
    })
    expect(seen).toEqual([
      ['secret.pdf', true],
      ['open.pdf', false],
    ])
  })

  it('name what does not fit and never send it', async () => {
    const uploads = make()
    uploads.add([file('setup.exe')])
    const send = answers()
    await uploads.start(send)
    expect(send.calls).toEqual([])
    expect(uploads.items[0]).toMatchObject({ state: 'unfit', fault: 'fault.type' })
  })

  it('take a file once, and give its picture back when it is removed', () => {
    const uploads = make()
    uploads.add([file('a.jpg'), file('a.jpg')])
    expect(uploads.items).toHaveLength(1)
    uploads.remove(uploads.items[0]?.key ?? 0)
    expect(uploads.items).toHaveLength(0)
    expect(URL.revokeObjectURL).toHaveBeenCalledWith('blob:picture')
  })
})
