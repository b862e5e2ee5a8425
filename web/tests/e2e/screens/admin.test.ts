import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { components } from '../../../src/shared/api/schema'
import { axeScript } from '../accessibility'
import { clientOf, until } from '../api'
import { account } from '../people'
import { useBrowser } from '../session'
import { spoilAppeal } from '../steps/arrange'
import { enterConsole, goToPage } from '../steps/console'
import { judge, inEnglish } from './judge'

type Schemas = components['schemas']

const visit = useBrowser()
const fresh = (kind: string): string => `${kind}-${randomUUID().slice(0, 8)}`
const dialogOf = (page: Page) => page.locator('dialog[open]')

/** What stands in the dialog that shows it once; closed by its own button. */
async function takeSecret(page: Page): Promise<string> {
  const secret = (await dialogOf(page).locator('.secret').innerText()).trim()
  await dialogOf(page).locator('.ui-dialog__foot button').click()
  await dialogOf(page).waitFor({ state: 'detached' })
  return secret
}

describe('the users', () => {
  it.each(inEnglish)('are made and shown accessibly, wholly in %s', async (language) => {
    const { page } = await visit({ locale: language, script: axeScript })
    const look = judge(page, 'admin', language, true)
    await enterConsole(page, 'admin')
    await goToPage(page, 'users')
    await page.locator('main .page__head button').click()
    const form = dialogOf(page)
    await form.locator('#user-role').selectOption('official')
    await look('new-user')
    await form.locator('button[type=submit]').click()
    await form.locator('.ui-errors').waitFor()
    expect(await form.locator('.ui-errors a').count()).toBe(4)
    await look('new-user-faults')
    await form.locator('#user-role').selectOption('auditor')
    const login = fresh('auditor')
    await form.locator('#user-login').fill(login)
    await form.locator('#user-name').fill('Zhang')
    await form.locator('button[type=submit]').click()
    await dialogOf(page).locator('.secret').waitFor()
    await look('password')
    await takeSecret(page)
    await page.locator('#users-q').fill(login)
    const row = page.locator('tbody tr', { hasText: login })
    await row.waitFor()
    await row.getByRole('button').nth(1).click()
    await dialogOf(page).waitFor()
    await look('reset')
  })

  it('come and go: made for a unit, logged in, disabled, enabled, given a new password', async () => {
    const { page } = await visit()
    await enterConsole(page, 'admin')
    await goToPage(page, 'users')
    const login = fresh('clerk')
    await page.getByRole('button', { name: '新建用户' }).click()
    const form = dialogOf(page)
    await form.locator('#user-role').selectOption({ label: '单位联络员' })
    const unit = form.locator('#user-unit')
    await unit.fill('市商务局')
    await form.getByRole('option', { name: '市商务局' }).first().waitFor()
    await unit.press('ArrowDown')
    await unit.press('Enter')
    await form.locator('#user-login').fill(login)
    await form.locator('#user-name').fill('赵敏')
    await form.locator('#user-name').press('Enter')
    const first = await takeSecret(page)

    const person = await visit()
    const enter = async (password: string): Promise<void> => {
      await person.page.goto('/console')
      await person.page.locator('#login-login').fill(login)
      await person.page.locator('#login-password').fill(password)
      await person.page.getByRole('button', { name: '登录', exact: true }).click()
    }
    await enter(first)
    await person.page.getByRole('heading', { name: '首次登录请修改密码' }).waitFor()

    await page.locator('#users-q').fill(login)
    const row = page.locator('tbody tr', { hasText: login })
    await row.getByText('市商务局').waitFor()
    await row.getByRole('button', { name: '停用' }).click()
    await dialogOf(page).getByRole('button', { name: '停用', exact: true }).click()
    await row.getByText('已停用').waitFor()
    await row.getByRole('button', { name: '启用' }).click()
    await row.getByText('正常').waitFor()
    await row.getByRole('button', { name: '重置密码' }).click()
    await dialogOf(page).getByRole('button', { name: '重置密码', exact: true }).click()
    await dialogOf(page).locator('.secret').waitFor()
    const second = await takeSecret(page)
    expect(second).not.toBe(first)

    person.expectRefusal(401, '/api/v1/')
    await person.context.clearCookies()
    await enter(first)
    await person.page.locator('.ui-errors').waitFor()
    await enter(second)
    await person.page.getByRole('heading', { name: '首次登录请修改密码' }).waitFor()
  })

  it('are told what is taken, and nobody disables himself', async () => {
    const { page, expectRefusal } = await visit()
    expectRefusal(422, '/api/v1/admin/users')
    expectRefusal(409, '/api/v1/admin/users')
    await enterConsole(page, 'admin')
    await goToPage(page, 'users')
    await page.getByRole('button', { name: '新建用户' }).click()
    const form = dialogOf(page)
    await form.locator('#user-role').selectOption({ label: '分办员' })
    await form.locator('#user-login').fill('agent01')
    await form.locator('#user-name').fill('重名')
    await form.locator('button[type=submit]').click()
    await form.locator('#user-login-error').waitFor()
    await form.getByRole('button', { name: '取消' }).click()

    // An administrator has one session at a time: a second log-in would end this one.
    await page.locator('#users-q').fill(account('admin').login)
    await page
      .locator('tbody tr', { hasText: '本人' })
      .getByRole('button', { name: '停用' })
      .click()
    await dialogOf(page).getByRole('button', { name: '停用', exact: true }).click()
    await dialogOf(page).getByText('不能停用自己的账号').waitFor()
  })
})

describe('the tokens', () => {
  it.each(inEnglish)('are made, shown once and revoked, in %s', async (language) => {
    const { page } = await visit({ locale: language, script: axeScript })
    const look = judge(page, 'admin', language, true)
    await enterConsole(page, 'admin')
    await goToPage(page, 'tokens')
    await page.locator('main .page__head button').click()
    await dialogOf(page).locator('#token-days').fill('731')
    await dialogOf(page).locator('button[type=submit]').click()
    await dialogOf(page).locator('.ui-errors').waitFor()
    await look('new-token-faults')
    const name = fresh('pbx')
    await dialogOf(page).locator('#token-name').fill(name)
    await dialogOf(page).locator('#token-days').fill('30')
    await dialogOf(page).locator('#token-days').press('Enter')
    await dialogOf(page).locator('.secret').waitFor()
    await look('token')
    const token = await takeSecret(page)
    const post = () =>
      fetch(new URL('/api/v1/cti/events', page.url()), {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
          'X-Cti-Source': name,
        },
        body: '[]',
      })
    expect((await post()).status).not.toBe(401)
    const row = page.locator('tbody tr', { hasText: name })
    await row.getByRole('button').click()
    await dialogOf(page).waitFor()
    await look('revoke')
    await dialogOf(page).locator('.ui-button--danger').click()
    await dialogOf(page).waitFor({ state: 'detached' })
    await row.getByRole('button').waitFor({ state: 'detached' })
    expect((await post()).status).toBe(401)
  })
})

describe('a dead letter', () => {
  it.each(inEnglish)('is mended from what can be read of it, in %s', async (language) => {
    const content = '华州区杏林镇我公司门口的路灯三个月不亮，夜班工人下班要打手电。'
    const ticketNo = spoilAppeal(`{"channel":"web","content":"${content}","division":"610503","pho`)
    const dispatcher = await clientOf('dispatcher')
    const { items } = await until(
      () => dispatcher.get<{ items: Schemas['DeadLetter'][] }>('/admin/dead-letters'),
      (found) => found.items.some(({ ticket_no }) => ticket_no === ticketNo),
    )
    const letter = items.find(({ ticket_no }) => ticket_no === ticketNo)
    const { page } = await visit({ locale: language, script: axeScript })
    const look = judge(page, 'admin', language, true)
    await enterConsole(page, 'dispatcher')
    await goToPage(page, 'deadLetters')
    const row = page.locator('tbody tr', { hasText: ticketNo })
    await row.waitFor()
    await look('dead-letters')
    await page.locator(`#letter-${letter?.id}`).click()
    await page.locator('#mend-content').waitFor()
    expect(await page.locator('#mend-content').inputValue()).toBe(content)
    await look('mend')
    await page.locator('#mend-phone').fill('1399')
    await page.locator('.mend button[type=submit]').click()
    await page.locator('#mend-phone-error').waitFor()
    await look('mend-faults')
    await page.locator('#mend-phone').fill('13991360001')
    await page.locator('#mend-phone').press('Enter')
    await row.locator('.ui-tag--ok').waitFor()
    await look('mended')
    const ticket = await dispatcher.ticket(ticketNo)
    expect(ticket.content).toBe(content)
    expect(ticket.needs_entry ?? false).toBe(false)
  })
})

describe('the audit log', () => {
  it.each(inEnglish)('is filtered, paged and verified, in %s', async (language) => {
    const { page } = await visit({ locale: language, script: axeScript })
    const look = judge(page, 'admin', language, true)
    await enterConsole(page, 'auditor')
    await page.locator('tbody tr').first().waitFor()
    await page.locator('main select').selectOption('login')
    await page.waitForResponse(
      (answer) => new URL(answer.url()).searchParams.get('action') === 'login',
    )
    await page.locator('main .page__head .ui-spinner').waitFor({ state: 'detached' })
    const acts = await page.locator('tbody tr td:nth-child(3)').allInnerTexts()
    expect(new Set(acts).size).toBe(1)
    await page.locator('main .page__head button').click()
    await page.locator('.ui-banner--ok').waitFor()
    await look('audit-verified')
  })
})
