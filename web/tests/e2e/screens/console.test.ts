import { describe, it } from 'vitest'
import { axeScript, fitsNarrow } from '../accessibility'
import { clientOf, submitAppeal, until } from '../api'
import { useBrowser } from '../session'
import { enterConsole, openTicket } from '../steps/console'
import { judge, languages } from './judge'

const visit = useBrowser()

/** Who opens the console, and what his own picture is called. */
const roles = ['agent', 'dispatcher', 'reviewer', 'supervisor', 'unit_clerk', 'admin', 'auditor']

/** Between them they see every main screen. */
const wide = new Set(['agent', 'supervisor', 'admin'])

describe('the console', () => {
  // Words are the same for everybody who sees a page; what he may do on it is not.
  const translated = new Set<string>()
  for (const language of languages)
    it.each(roles)(`is accessible and wholly in ${language} for the %s`, async (role) => {
      const { page } = await visit({ locale: language, script: axeScript })
      const look = judge(page, 'console', language)
      await enterConsole(page, role)
      const links = page.locator('.nav__link')
      for (let i = 0; i < (await links.count()); i++) {
        const link = (await links.nth(i).getAttribute('href')) ?? ''
        if (language === 'en' && translated.has(link)) continue
        if (language === 'en') translated.add(link)
        await links.nth(i).click()
        await page.locator('main').getByRole('heading').first().waitFor()
        const place = new URL(page.url()).hash.replace(/\W+/g, '-')
        await look(`${role}${place}`)
        if (language === 'zh-CN' && wide.has(role)) await fitsNarrow(page, `${role}${place}`)
      }
    })

  it.each(languages)('shows a ticket, its acts and its keys in %s', async (language) => {
    const { ticket_no } = await submitAppeal({
      content: '富平县庄里镇我公司的用地手续在工业园卡了三个月，项目开不了工。',
      wanted: '告知办理进度。',
      division: '610528',
      appellant: { phone: '13991370090', name: '周洁' },
    })
    const reader = await clientOf('supervisor')
    await until(
      () => reader.ticket(ticket_no),
      ({ state }) => state === 'dispatched',
    )
    const { page } = await visit({ locale: language, script: axeScript })
    const look = judge(page, 'console', language)
    await enterConsole(page, 'supervisor')
    await openTicket(page, ticket_no)
    await look('ticket')
    await fitsNarrow(page, 'ticket')
    await page.locator('.ticket__acts button').first().click()
    await page.locator('dialog[open] form').waitFor()
    await look('act')
    await page.locator('dialog[open] .ui-dialog__foot button').first().click()
    await page.locator('dialog[open]').waitFor({ state: 'detached' })
    await page.keyboard.press('?')
    await page.locator('dialog[open]').waitFor()
    await look('keys')
  })
})
