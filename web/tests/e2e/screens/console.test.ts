import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeScript, fitsNarrow } from '../accessibility'
import { clientOf, submitAppeal, until } from '../api'
import { shoot } from '../screenshots'
import { useBrowser, type Visit } from '../session'
import { sendAct } from '../steps/acts'
import { enterConsole, openTicket, startAct } from '../steps/console'
import { breakable } from '../steps/line'
import { judge, languages, picture } from './judge'

const visit = useBrowser()

/** Who opens the console, and what his own picture is called. */
const roles = ['agent', 'dispatcher', 'reviewer', 'supervisor', 'unit_clerk', 'admin', 'auditor']
/** They have every screen between them. */
const fewer = ['supervisor', 'agent', 'unit_clerk', 'admin', 'auditor']

const form = (page: Page) => page.locator('dialog[open]')

/** The old page stands until the new one is fetched: only then is it what its address says. */
async function arrive(page: Page, link: string): Promise<void> {
  await page.locator(`.nav__link.router-link-active[href="${link}"]`).waitFor()
  await page.locator('main').getByRole('heading').first().waitFor()
  await page.waitForFunction(() => document.querySelector('main .ui-spinner') === null)
}

/** 13, 15: a second person at the same ticket, both writing, and one of them cut off for a while. */
async function meet({ page }: Visit, ticketNo: string): Promise<void> {
  const { page: other } = await visit()
  const line = await breakable(other)
  await enterConsole(other, 'dispatcher')
  await openTicket(other, ticketNo)
  await page.getByText('正在查看').waitFor({ timeout: 2_000 })
  await startAct(other, '更正分类')
  await page.getByText('正在编辑').waitFor({ timeout: 2_000 })
  await startAct(page, '更正分类')
  await form(page).getByText('正在编辑').waitFor()
  await form(page).getByRole('radio', { name: '紧急', exact: true }).check()

  await form(other).getByRole('radio', { name: '特急', exact: true }).check()
  await sendAct(other)
  await form(page).getByRole('button', { name: '提交', exact: true }).click()
  await form(page).getByText('别人改动了这张工单').waitFor()
  await shoot(page, 'console-conflict-zh')
  await form(page).getByRole('button', { name: '先看工单，内容留着' }).click()
  await startAct(page, '更正分类')
  expect(await form(page).getByRole('radio', { name: '紧急', exact: true }).isChecked()).toBe(true)

  await line.cut()
  await sendAct(page)
  const banner = other.getByText('实时更新已中断')
  await banner.waitFor()
  await line.mend()
  const head = other.locator('.head__title')
  await head.getByText('紧急', { exact: true }).waitFor({ timeout: 3_000 })
  await banner.waitFor({ state: 'detached' })
}

describe('the console', () => {
  // Words and elements are the same for everybody who sees a page; its picture, with what he may do on it, is not.
  const judged = new Set<string>()
  for (const language of languages)
    it.each(language === 'en' ? fewer : roles)(
      `is accessible and wholly in ${language} for the %s`,
      async (role) => {
        const { page } = await visit({ locale: language, script: axeScript })
        const look = judge(page, 'console', language)
        const take = (screen: string) => picture(page, 'console', language, screen)
        await enterConsole(page, role)
        const links = page.locator('.nav__link')
        for (let i = 0; i < (await links.count()); i++) {
          const link = (await links.nth(i).getAttribute('href')) ?? ''
          // Lists are one screen with other rows.
          const screen = `${language} ${link.replace(/lists.*/, 'lists')}`
          const known = judged.has(screen)
          if (language === 'en' && known) continue
          judged.add(screen)
          await links.nth(i).click()
          await arrive(page, link)
          const place = new URL(page.url()).hash.replace(/\W+/g, '-')
          await (known ? take : look)(`${role}${place}`)
          if (language === 'zh-CN' && !known) await fitsNarrow(page, `${role}${place}`, [320])
        }
      },
    )

  it.each(languages)(
    '13, 15: shows a ticket, its acts, its keys and who else is there in %s',
    async (language) => {
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
      const desk = await visit({ locale: language, script: axeScript })
      const { page } = desk
      desk.expectRefusal(412, '/api/v1/tickets/')
      const look = judge(page, 'console', language)
      await enterConsole(page, 'supervisor')
      await openTicket(page, ticket_no)
      await look('ticket')
      await fitsNarrow(page, 'ticket')
      if (language === 'zh-CN') await meet(desk, ticket_no)
      await page.locator('.ticket__acts button').first().click()
      await page.locator('dialog[open] form').waitFor()
      await look('act')
      await page.locator('dialog[open] .ui-dialog__foot button').first().click()
      await page.locator('dialog[open]').waitFor({ state: 'detached' })
      await page.keyboard.press('?')
      await page.locator('dialog[open]').waitFor()
      await look('keys')
    },
  )
})
