import { describe, expect, it } from 'vitest'
import { axeScript, fitsNarrow, overhang } from '../accessibility'
import { clientOf, officialOf, submitAppeal } from '../api'
import { logIn } from '../people'
import { phone, useBrowser } from '../session'
import { judge, languages } from './judge'

const visit = useBrowser()

const appeal = (last: number) => ({
  content: '蒲城县孙镇我公司的农机修理厂电表箱烧坏，一台焊机不能用，请供电公司更换。',
  division: '610526',
  appellant: { phone: `139913700${last}0`, name: '孙立' },
})

describe("the officials' app", () => {
  it.each(languages)('is accessible, wholly in %s, and as wide as a phone', async (language) => {
    const { ticket_no } = await submitAppeal(appeal(languages.indexOf(language)))
    const account = await officialOf(ticket_no)
    const { page } = await visit({ viewport: phone, locale: language, script: axeScript })
    const look = judge(page, 'mobile', language)
    await page.goto('/mobile')
    await page.locator('form.login').waitFor()
    await look('login')
    await logIn(page, '/mobile', account.login)
    await page.locator(`a[href$="/tickets/${ticket_no}"]`).waitFor()
    await look('list')
    await fitsNarrow(page, 'list')
    for (const name of ['visit', 'enterprises', 'mine']) {
      const link = page.locator(`.shell__nav a[href$="/${name}"]`)
      await link.click()
      await link.and(page.locator('[aria-current=page]')).waitFor()
      await page.locator('main h1').waitFor()
      await look(name)
      expect.soft(await overhang(page), name).toBe(0)
    }
    await page.goto(`/mobile#/tickets/${ticket_no}`)
    await page.locator('.detail__head').waitFor()
    await look('ticket')
    await fitsNarrow(page, 'ticket')
    expect.soft(await overhang(page), 'ticket').toBe(0)
    await page.locator('.actions__more').click()
    await page.locator('dialog[open]').waitFor()
    await look('acts')
  })

  it('takes a signature back within its five seconds', async () => {
    const { ticket_no } = await submitAppeal(appeal(7))
    const account = await officialOf(ticket_no)
    const { page } = await visit({ viewport: phone })
    await logIn(page, '/mobile', account.login)
    const card = page.locator('article', { has: page.locator(`a[href$="/tickets/${ticket_no}"]`) })
    await card.getByRole('button', { name: '签收' }).click()
    await page.getByRole('button', { name: '撤销' }).click()
    // Longer than the signature would have waited.
    await page.waitForTimeout(5500)
    const reader = await clientOf('dispatcher01')
    expect((await reader.ticket(ticket_no)).state).toBe('dispatched')
  })

  it('offers what is pressed in the size of a thumb', async () => {
    const { page } = await visit({ viewport: phone })
    await logIn(page, '/mobile', 'official01')
    await page.locator('.chips').waitFor()
    const small = await page
      .locator('button:visible, .shell__nav a:visible, .chips button:visible')
      .evaluateAll((all) =>
        all
          .filter((one) => one.getBoundingClientRect().height < 44)
          .map((one) => `${one.textContent?.trim()}: ${one.getBoundingClientRect().height} px`),
      )
    expect(small).toEqual([])
  })
})
