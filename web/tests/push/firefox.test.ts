import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Firefox } from './firefox'
import { PushService } from './push-service'
import { Site } from './site'

const tool = process.env.PUSH_TOOL ?? ''
const folder = mkdtempSync(join(tmpdir(), 'push-e2e-'))
const keyFile = join(folder, 'vapid_key.pem')

interface Subscription {
  endpoint: string
  keys: { p256dh: string; auth: string }
}

let service: PushService
let site: Site
let firefox: Firefox

beforeAll(async () => {
  const key = spawnSync(tool, ['key', keyFile], { encoding: 'utf8' }).stdout.trim()
  expect(key).toMatch(/^[\w-]{87}$/)
  service = await PushService.start()
  site = await Site.start(service.connected.then(() => key))
  firefox = Firefox.start(site.address, service.port)
})

afterAll(async () => {
  await firefox.stop()
  site.stop()
  service.stop()
  rmSync(folder, { recursive: true })
})

/** Not spawnSync: the push service it calls lives in this process. */
async function push(to: Subscription, message: object): Promise<string> {
  const sender = spawn(tool, ['send', keyFile, to.endpoint, to.keys.p256dh, to.keys.auth])
  let said = ''
  sender.stdout.on('data', (part: Buffer) => (said += part.toString()))
  sender.stdin.end(JSON.stringify(message))
  await new Promise((resolve) => sender.once('close', resolve))
  return said.trim()
}

test('a push from our sender is shown by Firefox, and a second one for the same ticket replaces it', async () => {
  const subscribed = await site.next()
  expect(subscribed.kind).toBe('subscribed')
  const subscription = subscribed.detail as Subscription

  const first = { id: '1', tag: 'QP202611270042', title: '新工单', body: '请在两小时内签收' }
  expect(await push(subscription, first)).toBe('accepted')
  const shown = await site.next()
  expect(shown.detail).toEqual([
    { title: '新工单', body: '请在两小时内签收', tag: 'QP202611270042' },
  ])
  // What went through the push service says nothing of that.
  expect(service.pushed[0]?.headers['content-encoding']).toBe('aes128gcm')
  expect(service.pushed[0]?.body.toString('latin1')).not.toContain('QP2026')

  const second = { id: '2', tag: 'QP202611270042', title: '催办', body: '请尽快办理' }
  expect(await push(subscription, second)).toBe('accepted')
  expect((await site.next()).detail).toEqual([
    { title: '催办', body: '请尽快办理', tag: 'QP202611270042' },
  ])
})
