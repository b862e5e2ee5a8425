import type { Page } from 'playwright-core'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { axeScript, findings } from '../e2e/accessibility'
import { until } from '../e2e/api'
import { account } from '../e2e/people'
import { useBrowser, type Visit } from '../e2e/session'
import { enterConsole } from '../e2e/steps/console'
import { cut, flags, keepsConnections, wire } from './browser-phone'
import { Caller, Telephones } from './callers'
import { Agent, askPbx, callIs, legs, note } from './line'
import { missed } from './missed'
import { comesToBe, eachLeavesNothing } from './talks'

const visit = useBrowser()
let agent: Agent
let page: Page
let seen: Visit

const bar = () => page.locator('.softphone')
const says = async (text: string) => {
  const read = () => bar().getByRole('status').innerText()
  expect(await until(read, (now) => now === text)).toBe(text)
}
const button = (name: string) => bar().getByRole('button', { name, exact: true })
const there = () =>
  new RegExp(`${agent.extension}/sip:.* Avail`).test(askPbx('pjsip show contacts'))
const pause = (ms: number) => new Promise((over) => setTimeout(over, ms))

beforeAll(async () => {
  agent = await Agent.logsIn('agent04')
})

/** A console in which calls are taken, by keyboard alone. */
beforeEach(async () => {
  const script = `${axeScript}\n${keepsConnections}`
  seen = await visit({ permissions: ['microphone'], flags, script })
  ;({ page } = seen)
  await enterConsole(page, 'agent04')
  await button('在浏览器里接听').press('Enter')
  await says('可接听')
  await until(() => Promise.resolve(there()), Boolean)
})

eachLeavesNothing(() => [agent])

it('T55: an agent without a telephone on the desk takes a call in the browser: it rings, both are heard, it is recorded', async () => {
  const number = '13900005001'
  await agent.ready()
  const caller = Caller.calls(number)
  await button('接听').waitFor()
  const rang = Date.now()
  expect(await findings(page)).toEqual([])
  await page.keyboard.press('Alt+a')
  await callIs(number, ({ state }) => state === 'talking')
  await button('静音').waitFor()
  const answered = Date.now() - rang
  const before = await until(
    () => wire(page),
    ({ received, sent }) => received > 0 && sent > 0,
  )
  await pause(3000)
  const after = await wire(page)
  expect(after.received - before.received).toBeGreaterThan(100)
  expect(after.sent - before.sent).toBeGreaterThan(100)
  expect(after.energy).toBeGreaterThan(before.energy)
  expect(await findings(page)).toEqual([])
  await page.keyboard.press('Alt+m')
  await button('取消静音').waitFor()
  // Muted he goes on sending: a telephone that fell silent would be taken for dead.
  const muted = await wire(page)
  await until(
    () => wire(page),
    ({ sent }) => sent > muted.sent + 50,
  )
  await page.keyboard.press('Alt+x')
  await agent.comesTo('wrap_up')
  await says('可接听')
  await callIs(number, ({ state }) => state === 'ended')
  await caller.leaves()
  await caller.over()
  await callIs(number, ({ recording }) => recording?.state === 'kept', 40)
  note(
    'taken in the browser (Chromium, WSS, DTLS-SRTP), by key',
    `talking ${String(answered)} ms after it rang there; ${String(after.received)} packets of speech heard, ${String(after.sent)} said, ${String(after.lost)} lost; recorded; hung up there, wrap-up`,
  )
})

it('T56: of two pages of his browser one is the telephone, and the other when that one is closed', async () => {
  const first = page
  page = await seen.context.newPage()
  await page.goto('/console')
  await says('已在另一页面接听')
  await first.close()
  await says('可接听')
  const number = '13900005008'
  await agent.ready()
  const caller = Caller.calls(number)
  await button('接听').press('Enter')
  await callIs(number, ({ state }) => state === 'talking')
  await button('挂断').press('Enter')
  await agent.comesTo('wrap_up')
  await caller.leaves()
  await caller.over()
  note('a second page of the same browser', 'waits, and rings when the first is closed')
})

it('T30: pressed away in the browser: the agent is not ready, the caller waits on', async () => {
  const number = '13900005002'
  await agent.ready()
  const caller = Caller.calls(number)
  await button('拒接').waitFor()
  await page.keyboard.press('Alt+x')
  expect((await agent.comesTo('not_ready')).reason).toBe('rejected')
  await callIs(number, ({ state }) => state === 'queued')
  await caller.leaves()
  await caller.over()
  note('pressed away in the browser', 'the agent is not ready, the caller waits on')
})

it('T59: a call he asked for himself is answered by his browser by itself, and the other end is called', async () => {
  const outside = Telephones.outside('desk')
  const { id } = await missed(agent, '13900005003')
  const began = Date.now()
  const rings = page.waitForResponse((one) => one.url().endsWith('/api/v1/calls'))
  await page.goto('/console#/missed')
  await page.locator('main').getByRole('button', { name: '立即拨打' }).first().press('Enter')
  await rings
  expect(id).toBeGreaterThan(0)
  const talk = await outside.heard('talk', '12345', 20)
  await agent.comesTo('talking')
  expect(await comesToBe('conv-', 2)).toBe(2)
  await until(
    () => wire(page),
    ({ received }) => received > 50,
  )
  await outside.hangsUp(talk)
  await agent.comesTo('wrap_up')
  outside.stop()
  note(
    'called back from the browser',
    `his telephone answered by itself, the other end talked ${(talk.at - began).toFixed(0)} ms after it was asked for`,
  )
})

it('T58: a talk goes on while the page is cut off, and is hung up over the next connection', async () => {
  const number = '13900005005'
  await agent.ready()
  const caller = Caller.calls(number)
  await button('接听').press('Enter')
  await callIs(number, ({ state }) => state === 'talking')
  const before = await until(
    () => wire(page),
    ({ received }) => received > 0,
  )
  await cut(page)
  await until(
    () => Promise.resolve(there()),
    (still) => !still,
  )
  const gone = Date.now()
  await until(() => Promise.resolve(there()), Boolean, 20)
  const back = Date.now() - gone
  await until(
    () => wire(page),
    ({ received }) => received > before.received + 100,
  )
  await button('挂断').press('Enter')
  await agent.comesTo('wrap_up')
  await says('可接听')
  await caller.leaves()
  await caller.over()
  note(
    'the browser\u2019s connection is cut in a talk',
    `signed in again ${(back / 1000).toFixed(1)} s later, the talk went on and was hung up over the new one`,
  )
})

it('T58: a talk outlives the session of its agent, who logs in again and has it', async () => {
  const number = '13900005007'
  await agent.ready()
  const caller = Caller.calls(number)
  await button('接听').press('Enter')
  await callIs(number, ({ state }) => state === 'talking')
  const before = await until(
    () => wire(page),
    ({ received }) => received > 0,
  )
  seen.expectRefusal(401, '/api/v1/')
  await page.context().clearCookies()
  await page.locator('.nav__link[href$="/calls"]').press('Enter')
  await page.locator('#login-login').fill('agent04')
  await until(
    () => wire(page),
    ({ received, sent }) => received > before.received + 100 && sent > before.sent + 100,
  )
  await page.locator('#login-password').fill(account('agent04').password)
  await page.locator('#login-password').press('Enter')
  await button('挂断').press('Enter')
  await agent.comesTo('wrap_up')
  await caller.leaves()
  await caller.over()
  note('his session ends in a talk', 'the talk goes on; logged in again he has it, and hangs up')
})

it('whoever leaves the page in a talk is asked, and ends it when he leaves all the same', async () => {
  const number = '13900005006'
  await agent.ready()
  const caller = Caller.calls(number)
  await button('接听').press('Enter')
  await callIs(number, ({ state }) => state === 'talking')
  await button('静音').waitFor()
  const asked: string[] = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    void dialog.accept()
  })
  const left = Date.now()
  await page.goto('about:blank')
  expect(asked).toEqual(['beforeunload'])
  await agent.comesTo('wrap_up', 5)
  note(
    'the page is left in a talk',
    `asked before; the talk ended ${String(Date.now() - left)} ms later, the telephone is gone`,
  )
  await until(
    () => Promise.resolve(there()),
    (still) => !still,
  )
  await caller.leaves()
  await caller.over()
})

it('T58: a page that dies in a talk ends it, and the telephone is gone', async () => {
  const number = '13900005004'
  await agent.ready()
  const caller = Caller.calls(number)
  await button('接听').press('Enter')
  await callIs(number, ({ state }) => state === 'talking')
  await until(
    () => wire(page),
    ({ received }) => received > 0,
  )
  const died = Date.now()
  const cdp = await page.context().newCDPSession(page)
  void cdp.send('Page.crash').catch(() => undefined)
  await callIs(number, ({ state }) => state === 'ended', 40)
  const ended = Date.now() - died
  await until(
    () => Promise.resolve(there()),
    (still) => !still,
    40,
  )
  expect(legs(agent.extension)).toBe(0)
  await caller.leaves()
  await caller.over()
  note(
    'the browser dies in a talk',
    `ended ${(ended / 1000).toFixed(0)} s later by the silence; its telephone is known to be gone`,
  )
})
