import { expect, it } from 'vitest'
import { account, logIn } from '../people'
import { phone, useBrowser, type Visit } from '../session'
import { shoot } from '../screenshots'
import { enterConsole } from '../steps/console'

const visit = useBrowser()

/** The session ends behind the page's back, as by a time-out or an administrator. */
async function endSession({ context, page }: Visit): Promise<void> {
  const me = (await (await context.request.get('/api/v1/me')).json()) as { csrf_token: string }
  const ended = await context.request.post('/api/v1/auth/logout', {
    headers: { 'X-CSRF-Token': me.csrf_token, Origin: new URL(page.url()).origin },
  })
  expect(ended.status()).toBe(204)
}

async function logInAgain({ page }: Visit, who: string): Promise<void> {
  await page.getByText('登录已失效，请重新登录。').waitFor()
  const { login, password } = account(who)
  await page.locator('#login-login').fill(login)
  await page.locator('#login-password').fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

it("an agent's draft outlives the end of the session", async () => {
  const desk = await visit()
  desk.expectRefusal(401, '/api/v1/')
  await enterConsole(desk.page, 'agent02')
  const content = '大荔县官池镇的冬枣冷库夜间电压不稳，压缩机烧了两台。'
  await desk.page.locator('#draft-content').fill(content)
  await desk.page.locator('#draft-phone').fill('13991390006')
  await desk.page.locator('#draft-content').focus()
  await endSession(desk)
  // Where the page has noticed by itself, the form is gone already and the keys go nowhere.
  await desk.page.keyboard.press('Control+Enter')
  await desk.page.getByText('登录已失效，请重新登录。').waitFor()
  await shoot(desk.page, 'console-session-ended-zh')
  await logInAgain(desk, 'agent02')
  await desk.page.locator('#draft-content').waitFor()
  expect(await desk.page.locator('#draft-content').inputValue()).toBe(content)
  expect(await desk.page.locator('#draft-phone').inputValue()).toBe('13991390006')
})

it("an official's visit form outlives the end of the session", async () => {
  const round = await visit({ viewport: phone })
  round.expectRefusal(401, '/api/v1/')
  await logIn(round.page, '/mobile', 'official01')
  await round.page.getByRole('link', { name: '走访', exact: true }).click()
  const content = '走访时企业反映厂区北侧道路没有路灯，夜班工人不安全。'
  await round.page.locator('#visit-content').fill(content)
  await round.page.locator('#visit-phone').fill('13991390007')
  await endSession(round)
  // As above: then there is no button to press.
  await round.page
    .getByRole('button', { name: '登记', exact: true })
    .click({ timeout: 3_000 })
    .catch(() => undefined)
  await logInAgain(round, 'official01')
  await round.page.locator('#visit-content').waitFor()
  // Pressed in time it waits on the phone and goes by itself now; else the form still has the words.
  const kept = await round.page.locator('#visit-content').inputValue()
  if (kept !== '') {
    expect(kept).toBe(content)
    await round.page.getByRole('button', { name: '登记', exact: true }).click()
    await round.page.getByText('已登记').first().waitFor()
  }
  await round.page.goto('/mobile#/waiting')
  await round.page.getByText('已登记，工单号').first().waitFor()
})

it('a wrong password is told without saying which half was wrong', async () => {
  const { page, expectRefusal } = await visit()
  expectRefusal(401, '/api/v1/auth/login')
  const told: string[] = []
  for (const login of ['agent03', 'nobody-of-that-name']) {
    await page.goto('/console')
    await page.locator('#login-login').fill(login)
    await page.locator('#login-password').fill('not-the-password-at-all')
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.locator('.ui-errors').waitFor()
    told.push(await page.locator('.ui-errors').innerText())
    await page.reload()
  }
  expect(told[0]).toBe(told[1])
})
