import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeScript, fitsNarrow, overhang } from '../accessibility'
import { clientOf, progressOf, submitAppeal, until } from '../api'
import { phone, useBrowser } from '../session'
import { shoot } from '../screenshots'
import { judge, languages } from './judge'
import { answeredAppeal } from '../steps/closed'
import { confirm, follow, submit, write } from '../steps/portal'

const visit = useBrowser()

const words = {
  type: '求助',
  content: '大荔县城关镇农贸市场门口的排水管堵了十天，污水流进我们的仓库，货物受潮。',
  wanted: '尽快疏通，并说明谁负责养护。',
  division: '大荔县',
  enterprise: '大荔县诚信果品批发部',
  phone: '13991380001',
  name: '李敏',
}

/** By number and code, in either language. */
async function open(page: Page, receipt: { ticket_no: string; query_code: string }): Promise<void> {
  await page.goto('/#/follow')
  await page.locator('#follow-no').fill(receipt.ticket_no)
  await page.locator('#follow-code').fill(receipt.query_code)
  await page.locator('form button[type=submit]').click()
}

describe('the portal', () => {
  it('37: leads without an account through checked answers to a receipt, and back to the progress', async () => {
    const { page } = await visit()
    await page.goto('/')
    await shoot(page, 'portal-home-zh', { whole: true })
    await write(page, words)
    await shoot(page, 'portal-check-zh', { whole: true })
    for (const text of [words.content, words.wanted, words.division, words.enterprise, words.phone])
      expect(await page.locator('.answers').innerText()).toContain(text)
    const numbers = await confirm(page)
    await shoot(page, 'portal-receipt-zh')
    expect(numbers.ticket_no).toMatch(/^WN\d{15,22}$/)
    expect(numbers.query_code).toMatch(/^[0-9A-Z]{6}$/)

    await page.getByRole('link', { name: '查询进度' }).last().click()
    await page.locator('.progress__state').waitFor()
    expect(await page.locator('.progress').innerText()).toContain(numbers.ticket_no)
    await shoot(page, 'portal-progress-zh', { whole: true })

    // What was sent is gone from the form, also after a fresh start.
    await page.goto('/#/submit')
    await page.reload()
    expect(await page.locator('#appeal-content').inputValue()).toBe('')
  })

  it('37: keeps every word through a reload and leads to each mistake, in the same words', async () => {
    const { page } = await visit()
    await page.goto('/#/submit')
    await page.locator('#appeal-content').fill('断电')
    await page.locator('#appeal-name').fill('王强')
    await page.getByRole('button', { name: '下一步：核对' }).click()
    const summary = page.locator('.ui-errors, [role=alert]').first()
    expect(await summary.innerText()).toContain('请填写联系电话')
    expect(await summary.evaluate((it) => it === document.activeElement)).toBe(true)
    for (const line of await summary.getByRole('link').allInnerTexts())
      expect(await page.locator('.ui-field__error', { hasText: line }).count(), line).toBe(1)
    await page.getByRole('link', { name: '请填写联系电话' }).click()
    expect(
      await page.locator('#appeal-phone').evaluate((it) => it === document.activeElement),
    ).toBe(true)
    await shoot(page, 'portal-errors-zh', { whole: true })
    await page.reload()
    expect(await page.locator('#appeal-content').inputValue()).toBe('断电')
    expect(await page.locator('#appeal-name').inputValue()).toBe('王强')
  })

  it('sends an impatient double click once', async () => {
    const { page } = await visit()
    const content = `澄城县城关街道门口的路灯坏了一个月。编号 ${Date.now()}`
    await write(page, { content, phone: '13991380002' })
    await page.getByRole('button', { name: '确认提交' }).dblclick()
    await page.getByRole('heading', { name: '已收到' }).waitFor()
    const dispatcher = await clientOf('dispatcher')
    const { items } = await until(
      () => dispatcher.get<{ items: { ticket_no: string }[] }>('/tickets?phone=13991380002'),
      (found) => found.items.length > 0,
    )
    const same = await Promise.all(items.map(({ ticket_no }) => dispatcher.ticket(ticket_no)))
    expect(same.filter((ticket) => ticket.content === content)).toHaveLength(1)
  })

  it('38: says the same of a wrong code as of a number that does not exist', async () => {
    const receipt = await submitAppeal({
      content: '白水县杜康镇的快递站点不送货上门，要求改进。',
      appellant: { phone: '13991380003' },
    })
    const wrongCode = receipt.query_code === '222222' ? '333333' : '222222'
    const { page, expectRefusal } = await visit()
    expectRefusal(404, '/api/v1/appeals/')
    const refusal = page.locator('.ui-errors')

    await follow(page, { ...receipt, query_code: wrongCode })
    await refusal.waitFor()
    const forWrongCode = await refusal.innerText()
    await shoot(page, 'portal-wrong-code-zh')

    await page.reload()
    const unknown = receipt.ticket_no.replace(/\d{4}$/, (digits) =>
      digits === '9999' ? '9998' : '9999',
    )
    await follow(page, { ticket_no: unknown, query_code: wrongCode })
    await refusal.waitFor()
    expect(await refusal.innerText()).toBe(forWrongCode)
    expect((await progressOf(receipt)).ticket_no).toBe(receipt.ticket_no)
  })

  it.each(languages)('39, 40: is accessible and wholly in %s', async (language) => {
    const { page } = await visit({ locale: language, script: axeScript })
    const look = judge(page, 'portal', language)
    const receipt = await submitAppeal({
      content: words.content,
      appellant: { phone: '13991380005' },
    })
    for (const name of ['home', 'submit', 'follow', 'receipt']) {
      await page.goto(name === 'home' ? '/' : `/#/${name}`)
      await page.locator('main').getByRole('heading').first().waitFor()
      await look(name)
      await fitsNarrow(page, name)
    }
    await page.goto('/#/submit')
    await page.locator('#appeal-content').fill('请问增值税的免征额是多少，怎么申报')
    await page.locator('.known summary').first().click()
    await look('is-this-it')
    await page.locator('.known .ui-button').first().click()
    await page.locator('.card h2').waitFor()
    await look('answered')
    await page.locator('main .ui-button--primary').click()
    await open(page, receipt)
    await page.locator('.move').waitFor()
    await look('progress')
    await fitsNarrow(page, 'progress')
    await page.emulateMedia({ media: 'print' })
    expect(
      await page.locator('.bar__nav, .foot, .buttons, .no-print').filter({ visible: true }).count(),
    ).toBe(0)
    await shoot(page, `portal-print-${language.slice(0, 2)}`, { whole: true })
    await page.emulateMedia({ media: 'screen' })
    await page.locator('.bar__tools button[aria-pressed]').click()
    await look('progress-easy')
    await page.goto('/#/')
    await page.locator('a[href="tel:12345"]').waitFor()
    await page.reload()
    await page.locator('a[href="tel:12345"]').waitFor()
    await look('home-easy')
  })

  it.each(languages)(
    '38: adds information, urges once and rates in two taps, in %s',
    async (language) => {
      const { page } = await visit({ viewport: phone, locale: language, script: axeScript })
      const look = judge(page, 'portal', language)
      const receipt = await answeredAppeal()
      await open(page, receipt)
      await page.locator('.rating').waitFor()
      await look('rating')
      await page.locator('#add-title + p + .buttons button').click()
      await page.locator('#follow-add').fill('昨晚电压又低了一次')
      await page.locator('.stack form button[type=submit]').click()
      await page.locator('.ui-timeline__text', { hasText: '昨晚电压又低了一次' }).waitFor()
      await page
        .getByRole('button', { name: language === 'en' ? 'Ask them to hurry' : '催一催' })
        .click()
      await page.getByText(language === 'en' ? /the next time from/ : /下一次从/).waitFor()
      const choices = page.locator('.rating__choices')
      await choices.nth(0).getByRole('button').first().click()
      await choices.nth(1).getByRole('button').first().click()
      await page.locator('.rating').waitFor({ state: 'detached' })
      expect((await progressOf(receipt)).survey?.solved).toBe('yes')
      await look('closed')
    },
  )

  it('36: the first page stands soon on a slow line and a slow phone', async () => {
    const { page } = await visit({ viewport: phone })
    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', {
      ...{ offline: false, latency: 150 },
      ...{ downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 },
    })
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    await page.goto('/')
    await page.locator('.hero h1').waitFor()
    const painted = await page.evaluate(
      () =>
        new Promise<number>((found) => {
          new PerformanceObserver((list) =>
            found(list.getEntries().at(-1)?.startTime ?? 0),
          ).observe({ type: 'largest-contentful-paint', buffered: true })
        }),
    )
    console.info(
      `36: largest paint after ${Math.round(painted)} ms (goal: 2 500 on a machine at rest)`,
    )
    // What it takes depends on what else the machine does: only a page that waits for something is caught here.
    expect(painted).toBeLessThan(8000)
  })

  it('39: can be read at 320 px without pushing sideways, also in large letters', async () => {
    const { page } = await visit({ viewport: { width: 320, height: 640 } })
    const numbers = await submit(page, { ...words, phone: '13991380004' })
    expect(await overhang(page), 'receipt').toBe(0)
    await follow(page, numbers)
    await page.locator('.progress__state').waitFor()
    expect(await overhang(page), 'progress').toBe(0)
    await page.getByRole('button', { name: '长者模式' }).click()
    for (const name of ['', 'submit', 'follow']) {
      await page.goto(`/#/${name}`)
      expect(await overhang(page), `#/${name}`).toBe(0)
      await shoot(page, `portal-320-${name || 'home'}`, { whole: true })
    }
  })
})
