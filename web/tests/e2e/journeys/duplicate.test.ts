import { describe, expect, it } from 'vitest'
import type { components } from '../../../src/shared/api/schema'
import { axeScript } from '../accessibility'
import { clientOf, submitAppeal, until, type Client } from '../api'
import { logIn } from '../people'
import { judge, inEnglish } from '../screens/judge'
import { shoot } from '../screenshots'
import { useBrowser } from '../session'
import { enterConsole, openTicket } from '../steps/console'

type Schemas = components['schemas']

const visit = useBrowser()

const somebody = (): string => `139${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`

async function filedBy(agent: Client, phone: string, content: string): Promise<string> {
  const receipt = await agent.send<Schemas['Receipt']>(
    'POST',
    '/tickets',
    { content, channel: 'phone', appellant: { phone } },
    { 'Idempotency-Key': crypto.randomUUID() },
  )
  return receipt.ticket_no
}

describe('the same caller calls twice', () => {
  it('17: the agent sees the earlier ticket while typing, kept from nothing; the dispatcher merges the second with one touch', async () => {
    const phone = somebody()
    const agent = await clientOf('agent01')
    const earlier = await filedBy(
      agent,
      phone,
      '我们厂在澄城县，今天上午供电断了三次，电炉里的铁水凝住了，请尽快安排抢修并说明原因。',
    )

    const { page } = await visit()
    const took: number[] = []
    page.on('requestfinished', (request) => {
      if (request.url().endsWith('/tickets/similar'))
        took.push(Math.round(request.timing().responseEnd))
    })
    await enterConsole(page, 'agent01')
    const content = page.locator('#draft-content')
    await content.waitFor()
    await page.locator('#draft-phone').fill(phone)
    await content.focus()
    // The index follows within two seconds; each key asks anew.
    await page.keyboard.type('澄城县，今天上午停了三次电，电炉的铁水都凝住了，')
    const beside = page.getByRole('region', { name: '疑似重复与相似诉求' })
    await until(
      async () => {
        await page.keyboard.type('请')
        return beside.getByText('疑似重复 1 件').isVisible()
      },
      (seen) => seen,
    )
    await page.keyboard.type('尽快抢修，说明停电原因。')
    expect(await content.evaluate((field) => field === document.activeElement)).toBe(true)
    expect(await content.inputValue()).toMatch(/尽快抢修，说明停电原因。$/)
    await beside.getByText('同一来电号码').waitFor()
    console.log(`17: hints after ${took.join(' ')} ms`)
    expect(Math.min(...took)).toBeLessThan(2000)
    await shoot(page, 'console-similar-typing-zh')

    // By keyboard to the earlier ticket, and back to a form that lost nothing.
    const urge = beside.getByRole('link', { name: '催办' })
    await urge.focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/#\/tickets\//)
    await page.locator('.ticket__acts').waitFor()
    await page.goBack()
    await content.waitFor()
    expect(await content.inputValue()).toMatch(/尽快抢修，说明停电原因。$/)
    await content.focus()
    await page.keyboard.press('Control+Enter')
    await page.getByText('工单已建立').waitFor()
    const second = (await page.locator('.receipt__numbers dd').first().innerText()).trim()

    const desk = await visit()
    await enterConsole(desk.page, 'dispatcher01')
    await openTicket(desk.page, second)
    const likely = desk.page.getByRole('region', { name: '疑似重复工单' })
    await likely.getByText(earlier).waitFor()
    await shoot(desk.page, 'console-similar-ticket-zh')
    await likely.getByRole('button', { name: '并入此单' }).click()
    await desk.page.getByText('已并案').filter({ visible: true }).first().waitFor()
    const merged = await (await clientOf('dispatcher01')).ticket(second)
    expect(merged).toMatchObject({ state: 'merged', parent_ticket_no: earlier })
    await likely.waitFor({ state: 'detached' })
    await shoot(desk.page, 'console-similar-merged-zh')
  })

  it('an agent is told that there is a ticket of a colleague, and no more', async () => {
    const phone = somebody()
    const text = '白水县我公司申请的变压器增容两个月没有人来看现场，冷库开不了机。'
    const earlier = await filedBy(await clientOf('agent01'), phone, text)
    const { page } = await visit()
    await enterConsole(page, 'agent02')
    await page.locator('#draft-phone').fill(phone)
    await page.locator('#draft-content').fill(text)
    const beside = page.getByRole('region', { name: '疑似重复与相似诉求' })
    await until(
      async () => {
        await page.locator('#draft-content').press('Space')
        await page.locator('#draft-content').press('a')
        return beside.getByText('另有 1 件疑似重复').isVisible()
      },
      (seen) => seen,
    )
    expect(await page.getByText(earlier).count()).toBe(0)
  })
})

describe('many enterprises tell the same', () => {
  it.each(inEnglish)(
    'is one hot topic on the board, with its curve and its tickets, in %s',
    async (language) => {
      const manager = await clientOf('manager')
      const before = await manager.get<Schemas['HotTopics']>('/hot-topics')
      const marker = '华阴市罗敷镇工业园的光缆被施工挖断'
      const told = (topics: Schemas['HotTopics']): Schemas['HotTopic'] | undefined =>
        topics.items.find(({ title }) => title.includes('光缆'))
      for (let n = told(before)?.enterprises ?? 0; n < 5; n++)
        await submitAppeal({
          content: `${marker}，网络中断三天，第${String(n)}家商户的收银系统用不了，请协调运营商抢修。`,
          division: '610582',
          enterprise_name: `华阴第${String.fromCodePoint(0x7532 + n)}商贸有限公司`,
          appellant: { phone: somebody() },
        })
      const topic = told(
        await until(
          () => manager.get<Schemas['HotTopics']>('/hot-topics'),
          (now) => told(now) !== undefined,
          20,
        ),
      )
      expect(topic?.enterprises).toBeGreaterThanOrEqual(5)
      expect(topic?.days.at(-1)?.appeals).toBeGreaterThanOrEqual(5)

      const { page } = await visit({
        viewport: { width: 1920, height: 1080 },
        locale: language,
        script: axeScript,
      })
      const look = judge(page, 'dash', language, true)
      await logIn(page, '/dash', 'manager')
      await page.locator('.board__rates').waitFor()
      const row = page.locator('.hot__one', { hasText: '光缆' })
      await row.locator('svg').first().waitFor()
      await look('hot')
      await row.getByRole('button').click()
      const dialog = page.getByRole('dialog')
      await dialog.locator('.hot__row').first().waitFor()
      expect(await dialog.locator('.hot__row').count()).toBeGreaterThanOrEqual(5)
      await look('hot-topic')
      await page.keyboard.press('Escape')
      await page.locator('.top__tools button[aria-pressed]').click()
      await page.locator('html[data-wall=on]').waitFor()
      await look('hot-wall')
    },
  )
})
