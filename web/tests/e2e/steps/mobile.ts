import type { Page } from 'playwright-core'
import { actDialog, sendAct } from './acts'

export async function openTicket(page: Page, ticketNo: string): Promise<void> {
  await page.locator(`a[href$="/tickets/${ticketNo}"]`).click()
  await page.locator('.detail__head').waitFor()
}

/** Signs in the list: one tap. */
export async function sign(page: Page, ticketNo: string): Promise<void> {
  const card = page.locator('article', {
    has: page.locator(`a[href$="/tickets/${ticketNo}"]`),
  })
  await card.getByRole('button', { name: '签收' }).click()
  await card.getByText('办理中').waitFor()
  // Five seconds to take it back, then the server has it.
  await card.getByText('待同步').waitFor({ state: 'detached' })
}

/** What was written down on the phone has been sent. */
export const allSent = (page: Page): Promise<void> =>
  page.locator('.shell__banner--info').waitFor({ state: 'detached' })

export async function recordContact(page: Page, result: string): Promise<void> {
  await page.getByRole('button', { name: '首次联系' }).click()
  await actDialog(page).getByRole('radio', { name: '电话' }).check()
  await actDialog(page).locator('#act-contact_result').fill(result)
  await sendAct(page)
  await allSent(page)
}

export async function submitResult(page: Page, result: string): Promise<void> {
  await page.getByRole('button', { name: '提交办理结果' }).click()
  await actDialog(page).getByRole('radio', { name: '已解决' }).check()
  await actDialog(page).locator('#act-result_text').fill(result)
  await sendAct(page)
  await allSent(page)
}
