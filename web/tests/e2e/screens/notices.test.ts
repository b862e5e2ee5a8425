import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeScript } from '../accessibility'
import { logIn } from '../people'
import { phone, useBrowser } from '../session'
import { enterConsole, goToPage } from '../steps/console'
import { inEnglish, judge } from './judge'

const visit = useBrowser()
const dialogOf = (page: Page) => page.locator('dialog[open]')

describe('what people are told', () => {
  it.each(inEnglish)(
    'a bulletin arrives on an open phone, rules and rights are read, a phone is wiped, in %s',
    async (language) => {
      const official = await visit({ viewport: phone })
      official.expectRefusal(401, '/api/v1/')
      const { login } = await logIn(official.page, '/mobile', 'official')
      await official.page.locator('main h1').first().waitFor()

      // As tall as its longest dialog: what lies under a foot that stays has no colour of its own.
      const viewport = { width: 1280, height: 1400 }
      const { page } = await visit({ viewport, locale: language, script: axeScript })
      const look = judge(page, 'admin', language, true)
      await enterConsole(page, 'admin')
      await goToPage(page, 'bulletins')
      await page.locator('main .page__head button').press('Enter')
      await dialogOf(page).locator('button[type=submit]').press('Enter')
      await dialogOf(page).locator('.ui-errors').waitFor()
      await look('bulletin-faults')
      const words = `Drill ${randomUUID().slice(0, 8)}`
      await dialogOf(page).locator('#bulletin-title').fill(words)
      await dialogOf(page).locator('#bulletin-body').fill('Sign in and look at your list')
      await dialogOf(page).locator('#bulletin-title').press('Enter')
      await dialogOf(page).waitFor({ state: 'detached' })
      await official.page.getByText(words).first().waitFor()
      // The page that showed it is a receipt.
      await expect
        .poll(() => page.locator('#bulletin-progress').evaluate((bar) => bar.getAttribute('value')))
        .not.toBe('0')
      await page.locator('[aria-labelledby=receipts-title] tbody tr').first().waitFor()
      await look('bulletin')

      await goToPage(page, 'noticeRules')
      await page.locator('main tbody tr').first().waitFor()
      await look('notice-rules')
      const tab = (n: number) => page.locator('[role=tab]').nth(n)
      await tab(1).click()
      await page.locator('.notices__courses li').first().waitFor()
      await page.locator('main button:text-is("Add a line")').click()
      // A site that has no other channel than its open pages has none to take away.
      const channel = page.locator('.notices__line input[type=checkbox]').first()
      if (await channel.count()) {
        await channel.press('Space')
        await page.locator('[aria-labelledby=rules-preview] tbody tr').first().waitFor()
      }
      await look('notice-rules-change')
      await tab(2).click()
      await look('notice-templates')
      await tab(3).click()
      await look('notice-acts')

      await goToPage(page, 'permissions')
      await page.locator('main tbody tr').first().waitFor()
      await look('permissions')
      await tab(1).click()
      await look('permissions-acts')

      await goToPage(page, 'users')
      await page.locator('#users-q').fill(login)
      const row = page.locator('tbody tr', { hasText: login }).first()
      await row.getByRole('button').last().press('Enter')
      await dialogOf(page).locator('tbody .ui-button--danger').first().waitFor()
      await look('devices')
      await dialogOf(page).locator('.ui-dialog__foot .ui-button--danger').press('Enter')
      await page.locator('dialog[open] form button[type=submit]').press('Enter')
      // It was told over its open feed, deleted what it kept, and asks who is there.
      await official.page.locator('#login-login').waitFor()
    },
  )
})
