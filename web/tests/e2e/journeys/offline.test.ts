import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, expect, it } from 'vitest'
import { clientOf, officialOf, submitAppeal, until } from '../api'
import { mobileUrl, startOwnBrowser, type OwnBrowser } from '../own-browser'
import { account, logIn, peopleOf } from '../people'
import { phone, useBrowser } from '../session'
import { shoot } from '../screenshots'
import { actDialog, sendAct } from '../steps/acts'
import { allSent, openTicket } from '../steps/mobile'
import { pictures } from '../steps/pictures'

const visit = useBrowser()

/** E2E_LONG=1: twenty acts with nine photos each. */
const long = process.env.E2E_LONG === '1'
const plan = long ? { tickets: 5, acts: 4, photos: 9 } : { tickets: 2, acts: 2, photos: 2 }

const appeal = (last: number) => ({
  content: `蒲城县孙镇我公司第${last}车间门口的电线杆倾斜，用电不安全，请供电公司派人处理。`,
  division: '610526',
  appellant: { phone: `1399138${String(Date.now() % 1000).padStart(3, '0')}${last}`, name: '孙立' },
})

/** So many signed tickets in the hands of one official who can log in. */
async function signedTickets(count: number) {
  const first = await submitAppeal(appeal(0))
  const official = await officialOf(first.ticket_no)
  const client = await clientOf(official.login)
  const dispatcher = await clientOf('dispatcher01')
  const unit = (await dispatcher.ticket(first.ticket_no)).unit_name ?? ''
  const clerk = await clientOf(peopleOf(unit)?.clerk.login ?? '')
  const numbers = [first.ticket_no]
  for (let n = 1; n < count; n++) {
    const { ticket_no } = await submitAppeal(appeal(n))
    const routed = await until(
      () => dispatcher.ticket(ticket_no),
      ({ state }) => state === 'dispatched',
    )
    if (routed.official_id !== client.me.user.official_id)
      await clerk.act(ticket_no, 'reassign', { official_id: client.me.user.official_id ?? 0 })
    numbers.push(ticket_no)
  }
  for (const ticketNo of numbers) await client.act(ticketNo, 'sign_for')
  return { numbers, official, clerk }
}

const noteOf = (no: string, n: number): string => `尾号 ${no.slice(-3)} 的第 ${n} 笔：现场已看过`

async function write(page: Page, no: string, n: number, photos: number): Promise<void> {
  if (n === 0) {
    await page.getByRole('button', { name: '首次联系' }).click()
    await actDialog(page).getByRole('radio', { name: '电话' }).check()
    await actDialog(page).locator('#act-contact_result').fill(noteOf(no, n))
  } else {
    await page.getByRole('button', { name: '更多操作' }).click()
    await actDialog(page).getByRole('button', { name: '内部备注', exact: true }).click()
    await actDialog(page).locator('#act-reason').fill(noteOf(no, n))
  }
  await actDialog(page).locator('input[data-files=any]').setInputFiles(pictures(photos))
  await actDialog(page)
    .getByText('待上传')
    .nth(photos - 1)
    .waitFor()
  await sendAct(page)
}

/** Everything the phone opens without a network has come. */
async function kept(page: Page, numbers: readonly string[]): Promise<void> {
  await until(
    () =>
      page.evaluate(async () => {
        const db = await new Promise<IDBDatabase>((done) => {
          const opening = indexedDB.open('qp-mobile')
          opening.onsuccess = () => done(opening.result)
        })
        const all = await new Promise<{ summary: { ticket_no: string }; events?: unknown }[]>(
          (done) => {
            const asking = db.transaction('tickets').objectStore('tickets').getAll()
            asking.onsuccess = () => done(asking.result as never)
          },
        )
        db.close()
        return all.filter(({ events }) => events).map(({ summary }) => summary.ticket_no)
      }),
    (seen) => numbers.every((no) => seen.includes(no)),
    30,
  )
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
}

async function enter(page: Page, who: string): Promise<void> {
  const { login, password } = account(who)
  await page.locator('#login-login').fill(login)
  await page.locator('#login-password').fill(password)
  await page.locator('form.login button[type=submit]').click()
  await page.locator('form.login').waitFor({ state: 'detached' })
}

let folder = ''
let mine: OwnBrowser | undefined
afterEach(async () => {
  await mine?.kill()
  mine = undefined
  if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  folder = ''
})

it(
  '23: acts with photos in flight mode outlive the killed browser and are applied once, in order',
  { timeout: long ? 900_000 : 180_000 },
  async () => {
    const { numbers, official } = await signedTickets(plan.tickets)
    folder = mkdtempSync(join(tmpdir(), 'hotline-phone-'))
    mine = await startOwnBrowser(folder)
    await mine.page.goto(mobileUrl)
    await enter(mine.page, official.login)
    await mine.page.locator(`a[href$="/tickets/${numbers[0]}"]`).waitFor()
    await kept(mine.page, numbers)

    await mine.context.setOffline(true)
    await mine.page.reload()
    await mine.page.getByText('当前离线').waitFor()
    // By turns, so that the order of the taps is not that of the tickets.
    for (let n = 0; n < plan.acts; n++)
      for (const no of numbers) {
        await mine.page.goto(`${mobileUrl}#/`)
        await openTicket(mine.page, no)
        await write(mine.page, no, n, plan.photos)
        await mine.page.getByTestId('waiting').getByText('待同步').nth(n).waitFor()
      }
    await shoot(mine.page, 'mobile-waiting-zh', { whole: true })
    await mine.kill()

    mine = await startOwnBrowser(folder)
    await mine.context.setOffline(true)
    await mine.page.goto(mobileUrl)
    const all = plan.tickets * plan.acts
    const began = Date.now()
    await mine.page.getByText(`${all} 项待同步`).waitFor()
    await mine.context.setOffline(false)
    await mine.page.reload()
    // The cookie of a killed browser may be gone with it.
    const gone = mine.page.locator('form.login')
    const banner = mine.page.locator('.shell__main')
    await gone.or(banner).first().waitFor()
    if (await gone.isVisible()) await enter(mine.page, official.login)
    await mine.page
      .locator('.shell__banner--info')
      .waitFor({ state: 'detached', timeout: long ? 600_000 : 90_000 })
    expect(await mine.page.locator('.shell__banner--bad').count()).toBe(0)
    console.info(
      `23: ${all} acts with ${all * plan.photos} photos sent ${Date.now() - began} ms after the browser came back`,
    )

    const reader = await clientOf('reviewer01')
    for (const no of numbers) {
      const log = await reader.get<{ items: { act: string; reason?: string; role: string }[] }>(
        `/tickets/${no}/events`,
      )
      const own = log.items.filter(({ role }) => role === 'official')
      const words = own.filter(({ act }) => act === 'first_contact' || act === 'note')
      expect(words.map(({ reason }) => reason?.replace(/^phone: /, ''))).toEqual(
        Array.from({ length: plan.acts }, (_, n) => noteOf(no, n)),
      )
      // The photos of an act lie between it and the next.
      const order = own.map(({ act }) => (act === 'attach' ? 'p' : act === 'sign_for' ? '' : 'A'))
      expect(order.join('')).toBe(`A${'p'.repeat(plan.photos)}`.repeat(plan.acts))
      const ticket = await reader.ticket(no)
      expect(ticket.attachments).toHaveLength(plan.acts * plan.photos)
    }
  },
)

it('24: a ticket taken away meanwhile is explained on the ticket, and the words can be saved', async () => {
  const { numbers, official, clerk } = await signedTickets(1)
  const no = numbers[0] ?? ''
  const { page, flight, expectRefusal } = await visit({ viewport: phone })
  await logIn(page, '/mobile', official.login)
  await page.locator(`a[href$="/tickets/${no}"]`).waitFor()
  await kept(page, numbers)
  await flight(true)
  await openTicket(page, no)
  await write(page, no, 0, 1)
  await page.getByTestId('waiting').getByText('待同步').waitFor()
  await shoot(page, 'mobile-ticket-waiting-zh', { whole: true })
  const others = await clerk.get<{ items: { id: number }[] }>(
    `/officials?unit_id=${clerk.me.user.unit_id}`,
  )
  const { me } = await clientOf(official.login)
  const other = others.items.find(({ id }) => id !== me.user.official_id)
  await clerk.act(no, 'reassign', { official_id: other?.id ?? 0 })

  expectRefusal(404, `/api/v1/tickets/${no}`)
  await flight(false)
  await page.reload()
  await page.getByText('1 项没有提交成功').click()
  await page.getByText('这张工单已不由您办理').waitFor()
  await page.getByText(noteOf(no, 0)).waitFor()
  await page.getByRole('button', { name: '复制文字' }).waitFor()
  await shoot(page, 'mobile-taken-away-zh', { whole: true })
  await page.getByRole('button', { name: '放弃这项操作' }).click()
  await page.locator('dialog[open]').getByRole('button', { name: '放弃这项操作' }).click()
  await page.getByText('没有待同步的操作').waitFor()
})

it('24: what somebody else did meanwhile is shown, and the act goes under the new state when it is wanted', async () => {
  const { numbers, official } = await signedTickets(1)
  const no = numbers[0] ?? ''
  const { page, flight, expectRefusal } = await visit({ viewport: phone })
  await logIn(page, '/mobile', official.login)
  await page.locator(`a[href$="/tickets/${no}"]`).waitFor()
  await kept(page, numbers)
  await flight(true)
  await openTicket(page, no)
  await write(page, no, 0, 1)
  await page.getByTestId('waiting').getByText('待同步').waitFor()
  const supervisor = await clientOf('supervisor01')
  await supervisor.act(no, 'supervise', { level: 1, reason: '请于今日内联系企业' })

  expectRefusal(412, `/api/v1/tickets/${no}/actions/`)
  await flight(false)
  await page.evaluate(() => dispatchEvent(new Event('online')))
  const refused = page.getByTestId('waiting')
  await refused.getByText('请于今日内联系企业').waitFor()
  await shoot(page, 'mobile-refused-zh', { whole: true })
  await refused.getByRole('button', { name: '按最新情况重新提交' }).click()
  await refused.waitFor({ state: 'detached' })
  const ticket = await (await clientOf('reviewer01')).ticket(no)
  expect(ticket.first_contact_at).toBeDefined()
  expect(ticket.attachments).toHaveLength(1)
})

it('29: a WebView without a service worker queues and sends as well, photos made small', async () => {
  const { numbers, official } = await signedTickets(1)
  const no = numbers[0] ?? ''
  const { page, flight } = await visit({ viewport: phone, workers: 'block' })
  await logIn(page, '/mobile', official.login)
  await page.locator(`a[href$="/tickets/${no}"]`).waitFor()
  await openTicket(page, no)
  // The forms come behind the list, while there is a network.
  await page.waitForLoadState('networkidle')
  await flight(true)
  await page.getByRole('button', { name: '首次联系' }).click()
  await actDialog(page).getByRole('radio', { name: '电话' }).check()
  await actDialog(page).locator('#act-contact_result').fill('已电话联系')
  const large = pictures(1, 3000, 2000)
  await actDialog(page).locator('input[data-files=any]').setInputFiles(large)
  await sendAct(page)
  await page.getByTestId('waiting').getByText('待同步').waitFor()
  const upload = page.waitForRequest((request) => request.url().includes('/attachments?'))
  await flight(false)
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await allSent(page)
  const bytes = Number((await (await upload).allHeaders())['content-length'])
  expect(bytes).toBeGreaterThan(10_000)
  expect(bytes).toBeLessThanOrEqual(400_000)
  const { attachments } = await (await clientOf('reviewer01')).ticket(no)
  expect(attachments).toHaveLength(1)
  expect(Math.max(attachments[0]?.width ?? 0, attachments[0]?.height ?? 0)).toBe(1600)
})
