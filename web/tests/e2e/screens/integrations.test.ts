import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeScript } from '../accessibility'
import { useBrowser } from '../session'
import { enterConsole, goToPage } from '../steps/console'
import { inEnglish, judge } from './judge'

const visit = useBrowser()
const dialogOf = (page: Page) => page.locator('dialog[open]')

describe('the endpoints of other systems', () => {
  it.each(inEnglish)('are kept by keyboard, told once their secret, in %s', async (language) => {
    const { page } = await visit({ locale: language, script: axeScript })
    const look = judge(page, 'admin', language, true)
    await enterConsole(page, 'admin')
    await goToPage(page, 'integrations')
    await page.locator('main .page__head button').first().press('Enter')
    await dialogOf(page).locator('#webhook-url').fill('ftp://events.example.com/')
    await dialogOf(page).locator('button[type=submit]').press('Enter')
    await dialogOf(page).locator('.ui-errors').waitFor()
    await look('new-endpoint-faults')
    const name = `office-${randomUUID().slice(0, 8)}`
    await dialogOf(page).locator('#webhook-name').fill(name)
    // Nobody listens there: an address of the documentation's own (RFC 5737).
    await dialogOf(page).locator('#webhook-url').fill('https://192.0.2.1/hook')
    await dialogOf(page).locator('#webhook-events input').first().press('Space')
    await dialogOf(page).locator('#webhook-url').press('Enter')
    await dialogOf(page).locator('.secret').waitFor()
    expect(await dialogOf(page).locator('.secret').innerText()).toMatch(/^whsec_.{44}$/)
    await dialogOf(page).locator('.ui-dialog__foot button').press('Enter')
    await dialogOf(page).waitFor({ state: 'detached' })
    const row = page.locator('tbody tr', { hasText: name })
    await row.getByRole('button').nth(1).press('Enter')
    await page.locator('#deliveries-title').waitFor()
    await page.locator('[aria-labelledby=deliveries-title] tbody tr').first().waitFor()
    await look('integrations')
    await row.locator('.ui-button--danger').press('Enter')
    await dialogOf(page).locator('.ui-button--danger').press('Enter')
    await row.waitFor({ state: 'detached' })
    expect(await page.locator('#deliveries-title').count()).toBe(0)
  })
})
