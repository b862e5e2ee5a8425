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
  // Five seconds to take it back, then the server has it.
  await card.getByText('办理中').waitFor()
}

export async function recordContact(page: Page, result: string): Promise<void> {
  await page.getByRole('button', { name: '首次联系' }).click()
  await actDialog(page).getByRole('radio', { name: '电话' }).check()
  await actDialog(page).locator('#act-contact_result').fill(result)
  await sendAct(page)
}

export async function submitResult(page: Page, result: string): Promise<void> {
  await page.getByRole('button', { name: '提交办理结果' }).click()
  await actDialog(page).getByRole('radio', { name: '已解决' }).check()
  await actDialog(page).locator('#act-result_text').fill(result)
  await sendAct(page)
}
