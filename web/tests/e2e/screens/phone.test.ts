import { describe, expect, it } from 'vitest'
import type { CDPSession, Page, Worker } from 'playwright-core'
import { axeScript, overhang } from '../accessibility'
import { clientOf, officialOf, submitAppeal, until } from '../api'
import { logIn } from '../people'
import { phone, useBrowser } from '../session'
import { inEnglish, judge, languages } from './judge'

const visit = useBrowser()

const appeal = (last: number) => ({
  content: '蒲城县孙镇我公司门前的路灯线路老化，夜里打火，请供电公司更换。',
  division: '610526',
  appellant: { phone: `139913900${String(last).padStart(2, '0')}`, name: '孙立' },
})

const ready = (page: Page): Promise<void> =>
  page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))

interface Pushing {
  push: (payload: object) => Promise<void>
  session: CDPSession
}

/** What a push service would hand to the browser, handed to it by its own tools. */
async function pushing(page: Page): Promise<Pushing> {
  const session = await page.context().newCDPSession(page)
  const registration = new Promise<string>((found) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [one] = registrations
      if (one) found(one.registrationId)
    })
  })
  await session.send('ServiceWorker.enable')
  const registrationId = await registration
  const origin = new URL(page.url()).origin
  return {
    session,
    push: (payload) =>
      session
        .send('ServiceWorker.deliverPushMessage', {
          ...{ origin, registrationId },
          data: JSON.stringify(payload),
        })
        .then(() => undefined),
  }
}

const shownOn = (page: Page): Promise<{ title: string; body: string; tag: string }[]> =>
  page.evaluate(async () => {
    const all = await (await navigator.serviceWorker.ready).getNotifications()
    return all.map(({ title, body, tag }) => ({ title, body, tag }))
  })

async function workerOf(page: Page): Promise<Worker> {
  return page.context().serviceWorkers()[0] ?? page.context().waitForEvent('serviceworker')
}

/** Headless browsers have no notification to press. */
async function press(page: Page): Promise<void> {
  const worker = await workerOf(page)
  await worker.evaluate(async () => {
    interface Scope {
      registration: ServiceWorkerRegistration
      dispatchEvent: (event: Event) => void
      NotificationEvent: new (type: string, init: { notification: Notification }) => Event
    }
    const scope = globalThis as unknown as Scope
    const [notification] = await scope.registration.getNotifications()
    if (!notification) throw new Error('nothing is shown')
    scope.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }))
  })
}

describe('the phone', () => {
  it('28: a push is shown once and for each ticket once, and opens the ticket as it is now', async () => {
    const { ticket_no } = await submitAppeal(appeal(1))
    const official = await officialOf(ticket_no)
    const { page } = await visit({ viewport: phone, permissions: ['notifications'] })
    await logIn(page, '/mobile', official.login)
    await page.locator(`a[href$="/tickets/${ticket_no}"]`).waitFor()
    await ready(page)
    const { push } = await pushing(page)
    const url = `/mobile#/tickets/${ticket_no}`
    const notice = (id: string, title: string) => {
      return { id, tag: ticket_no, title, body: '请及时签收', url, ticket_no }
    }
    await push(notice('900001', '新派工单'))
    await push(notice('900001', '新派工单'))
    await until(
      () => shownOn(page),
      (all) => all.length === 1,
    )
    await push(notice('900002', '工单催办'))
    const all = await until(
      () => shownOn(page),
      ([first]) => first?.title === '工单催办',
    )
    expect(all).toEqual([{ title: '工单催办', body: '请及时签收', tag: ticket_no }])

    const client = await clientOf(official.login)
    await client.act(ticket_no, 'note', { reason: '通知之后才写的一笔' })
    const pressed = Date.now()
    await press(page)
    await page.getByText('通知之后才写的一笔').waitFor()
    const took = Date.now() - pressed
    console.info(`28: the fresh ticket ${took} ms after its push was pressed (goal: 2 000)`)
    expect(took).toBeLessThan(10_000)
    expect(page.url()).toContain(ticket_no)
  })

  it('30: logging out leaves nothing behind: neither what was kept nor the worker', async () => {
    const { page } = await visit({ viewport: phone })
    await logIn(page, '/mobile', 'official02')
    await page.locator('.chips').waitFor()
    await ready(page)
    const left = () =>
      page.evaluate(async () => ({
        caches: await caches.keys(),
        databases: (await indexedDB.databases()).map(({ name }) => name),
        workers: (await navigator.serviceWorker.getRegistrations()).length,
        device: localStorage.getItem('qp.device'),
      }))
    const before = await left()
    expect(before.caches.length).toBeGreaterThan(0)
    expect(before.databases).toContain('qp-mobile')
    await page.goto('/mobile#/mine')
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.locator('form.login').waitFor()
    await until(left, ({ caches, workers }) => caches.length === 0 && workers === 0)
    expect((await left()).databases).not.toContain('qp-mobile')
    expect((await left()).device).toBeNull()
  })

  it('30: a phone that is given up on another one is wiped', async () => {
    const lost = await visit({ viewport: phone })
    await logIn(lost.page, '/mobile', 'official03')
    await lost.page.locator('.chips').waitFor()
    await ready(lost.page)
    const mine = await visit({ viewport: phone })
    await logIn(mine.page, '/mobile', 'official03')
    await mine.page.goto('/mobile#/notices/settings')
    await mine.page.getByText('这台设备', { exact: true }).waitFor()
    const own = await lost.page.evaluate(() => localStorage.getItem('qp.device'))
    const devices = await until(
      () => mine.page.request.get('/api/v1/me/devices').then((answer) => answer.json()),
      ({ items }: { items: { id: string }[] }) => items.some(({ id }) => id === own),
    )
    expect(devices.items.length).toBeGreaterThan(1)
    lost.expectRefusal(401, '/api/v1/')
    const other = mine.page.locator('li', { hasNotText: '这台设备' }).filter({ hasText: '清除' })
    const count = await other.count()
    for (let n = 0; n < count; n++) {
      await other.first().getByRole('button').click()
      await mine.page.locator('dialog[open]').getByRole('button', { name: '清除' }).click()
      await expect.poll(() => other.count()).toBe(count - n - 1)
    }
    await lost.page.locator('form.login').waitFor()
    await until(
      () => lost.page.evaluate(() => caches.keys()),
      (names) => names.length === 0,
    )
  })

  it('22: is installable', async () => {
    const { page } = await visit({ viewport: phone })
    await page.goto('/mobile')
    await ready(page)
    const session = await page.context().newCDPSession(page)
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
    // Private windows install nothing, whatever the page.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])
  })

  it('21: the first list stands soon on a slow line and a slow phone', async () => {
    const { page } = await visit({ viewport: phone })
    await logIn(page, '/mobile', 'official01')
    await page.locator('.chips').waitFor()
    await ready(page)
    const session = await page.context().newCDPSession(page)
    await session.send('Network.emulateNetworkConditions', {
      ...{ offline: false, latency: 150 },
      ...{ downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 },
    })
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    await page.reload()
    const at = await page
      .locator('.list__rows, .ui-empty')
      .first()
      .waitFor()
      .then(() => page.evaluate(() => performance.now()))
    console.info(`21: first list after ${Math.round(at)} ms (goal: 2 000 on a machine at rest)`)
    // What it takes depends on what else the machine does: only a page that waits for something is caught here.
    expect(at).toBeLessThan(8000)
  })

  it.each(languages)('its further pages are accessible, wholly in %s', async (language) => {
    const { page } = await visit({ viewport: phone, locale: language, script: axeScript })
    const look = judge(page, 'mobile', language)
    await logIn(page, '/mobile', 'official04')
    for (const [name, path] of [
      ['notices', 'notices'],
      ['notice-settings', 'notices/settings'],
      ['waiting', 'waiting'],
      ['duty', 'duty'],
    ]) {
      await page.goto(`/mobile#/${path}`)
      await page.locator('main h1').waitFor()
      await look(name ?? '')
      expect.soft(await overhang(page), name).toBe(0)
    }
  })

  it.each(inEnglish)(
    'an official notes his leave, names a deputy and takes both back, in %s',
    async (locale) => {
      const { page } = await visit({ viewport: { width: 320, height: 640 }, locale })
      await logIn(page, '/mobile', 'official05')
      await page.goto('/mobile#/duty')
      await page.getByLabel('First day').fill('2027-03-01')
      await page.getByLabel('Last day').fill('2027-03-05')
      await page.getByRole('button', { name: 'Note leave' }).click()
      await page.getByText('2027-03-01 – 2027-03-05').waitFor()
      await page.getByRole('button', { name: 'Withdraw the leave from 2027-03-01' }).click()
      await page.getByText('No leave noted.').waitFor()
      const deputy = page.getByLabel('Deputy')
      await deputy.selectOption({ index: 1 })
      await page.getByRole('button', { name: 'Save deputy' }).click()
      await page.getByText('Saved', { exact: true }).waitFor()
      await deputy.selectOption({ index: 0 })
      await page.getByRole('button', { name: 'Save deputy' }).click()
      expect(await overhang(page)).toBe(0)
    },
  )
})
