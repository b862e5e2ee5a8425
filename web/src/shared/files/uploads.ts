import { reactive, readonly } from 'vue'
import type { Problem } from '../api/problem'
import { mayRetry } from '../api/problem'
import type { Result } from '../api/client'
import { faultOf, isPicture, type FileFault } from './file-rules'
import type { OnShare } from './send-file'
import { shrunk } from './shrink'

export interface Upload {
  readonly key: number
  readonly name: string
  readonly bytes: number
  /** As it was ticked when the file was chosen; ticking later must not open what is on its way. */
  readonly internal: boolean
  /** An address of the picture itself, until the list is cleared. */
  readonly preview: string | undefined
  state: 'chosen' | 'sending' | 'waiting' | 'done' | 'failed' | 'unfit'
  share: number
  fault?: FileFault
  problem?: Problem
}

export type SendOne = (
  one: Pick<Upload, 'name' | 'internal'>,
  body: Blob,
  onShare: OnShare,
) => Promise<Result<unknown>>

/** What was chosen, as it is sent. */
export interface Ready {
  name: string
  internal: boolean
  body: Blob
  /** As it came from the camera. */
  file: File
}

interface Patience {
  wait: (seconds: number) => Promise<void>
  tries: number
  shrink: (file: File) => Promise<Blob>
  /** More than so many are not taken. */
  most?: number
}

const patient: Patience = {
  wait: (seconds) => new Promise((done) => setTimeout(done, seconds * 1000)),
  tries: 6,
  shrink: shrunk,
}

const longestWait = 20

/** An appeal still in the queue has no place for files yet; it will have in a moment. */
const comesLater = (problem: Problem): boolean =>
  mayRetry(problem) || problem.code === 'in_progress'

/**
 * The files a person has chosen, and how far each has come. They are sent one after the other, which a bad connection
 * can bear, and each as often as it takes: the server knows a file it has by its bytes, so that none is there twice.
 */
export function createUploads(how: Partial<Patience> = {}) {
  const patience = { ...patient, ...how }
  const items = reactive<Upload[]>([])
  const files = new Map<number, File>()
  /** Made once: the same bytes are sent again. */
  const bodies = new Map<number, Blob>()
  let nextKey = 1
  let running = false

  function add(chosen: Iterable<File>, internal = false): void {
    for (const file of chosen) {
      const full =
        items.filter(({ state }) => state !== 'unfit').length >= (patience.most ?? Infinity)
      const fault = full ? 'fault.many' : faultOf(file)
      const twice = items.some(
        ({ name, bytes, state }) => name === file.name && bytes === file.size && state !== 'done',
      )
      if (twice) continue
      const key = nextKey++
      files.set(key, file)
      items.push({
        key,
        name: file.name,
        bytes: file.size,
        internal,
        preview: !fault && isPicture(file) ? URL.createObjectURL(file) : undefined,
        state: fault ? 'unfit' : 'chosen',
        share: 0,
        ...(fault && { fault }),
      })
    }
  }

  function remove(key: number): void {
    const at = items.findIndex((one) => one.key === key)
    const [gone] = at < 0 ? [] : items.splice(at, 1)
    if (gone?.preview) URL.revokeObjectURL(gone.preview)
    files.delete(key)
    bodies.delete(key)
  }

  function removeWhere(fits: (one: Upload) => boolean): void {
    for (const { key } of items.filter(fits)) remove(key)
  }

  async function bodyOf(key: number): Promise<Blob> {
    const made = bodies.get(key) ?? (await patience.shrink(files.get(key) as File))
    bodies.set(key, made)
    return made
  }

  async function sendOne(one: Upload, send: SendOne): Promise<void> {
    const body = await bodyOf(one.key)
    for (let tried = 1; ; tried++) {
      one.state = 'sending'
      one.share = 0
      const answer = await send(one, body, (share) => (one.share = share))
      if (answer.ok) {
        one.state = 'done'
        delete one.problem
        return
      }
      one.problem = answer.problem
      if (!comesLater(answer.problem) || tried >= patience.tries) break
      one.state = 'waiting'
      await patience.wait(Math.min(answer.problem.retry_after ?? tried * 2, longestWait))
    }
    one.state = 'failed'
  }

  /** Sends what is chosen; what failed is chosen again first when `again`. False: not all arrived. */
  async function start(send: SendOne, again = false): Promise<boolean> {
    if (again) for (const one of items) if (one.state === 'failed') one.state = 'chosen'
    if (running) return false
    running = true
    for (;;) {
      const next = items.find(({ state }) => state === 'chosen')
      if (!next) break
      await sendOne(next, send)
    }
    running = false
    return items.every(({ state }) => state === 'done' || state === 'unfit')
  }

  /** What is chosen, made smaller, for whoever sends it another way. */
  async function ready(): Promise<Ready[]> {
    const chosen = items.filter(({ state }) => state === 'chosen')
    const made: Ready[] = []
    for (const { key, name, internal } of chosen)
      made.push({ name, internal, body: await bodyOf(key), file: files.get(key) as File })
    return made
  }

  return {
    items: readonly(items),
    ready,
    add,
    remove,
    start,
    clear: () => removeWhere(() => true),
    clearDone: () => removeWhere(({ state }) => state === 'done'),
  }
}

export type Uploads = ReturnType<typeof createUploads>
