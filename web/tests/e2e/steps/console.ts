import type { Page } from 'playwright-core'
import { logIn } from '../people'
import { actDialog, sendAct, sendReply } from './acts'

/** Opens a ticket of the console by its address, as a link in a message would. */
export async function openTicket(page: Page, ticketNo: string): Promise<void> {
  await page.goto(`/console#/tickets/${ticketNo}`)
  await page.locator('.ticket__acts').waitFor()
}

export async function enterConsole(page: Page, who: string): Promise<void> {
  await logIn(page, '/console', who)
  await page.locator('.nav').waitFor()
}

/** By the menu, with the keyboard; over when the page is there, not the one before it. */
export async function goToPage(page: Page, place: string): Promise<void> {
  const link = `.nav__link[href$="/${place}"]`
  // A page that has just come in takes the focus (routes.ts), from under the key if it is still on
  // its way, as the first one is after the log-in.
  const arrived = page.locator('#main:focus-within')
  await arrived.waitFor({ timeout: 3000 }).catch(() => undefined)
  await page.locator(link).press('Enter')
  await page.locator(`${link}[aria-current=page]`).waitFor()
  await page.locator('main h1').waitFor()
}

/** Opens the form of an act by its button. */
export async function startAct(page: Page, name: string): Promise<void> {
  await page.locator('.ticket__acts').getByRole('button', { name, exact: true }).click()
  await actDialog(page).waitFor()
}

export async function passReview(page: Page, ticketNo: string): Promise<void> {
  await openTicket(page, ticketNo)
  await startAct(page, '审核通过')
  await sendReply(page)
}

/** What was said in a call-back that reached the enterprise. */
export async function recordCallback(
  page: Page,
  said: { solved: string; satisfaction: string },
): Promise<void> {
  await startAct(page, '回访')
  const dialog = actDialog(page)
  await dialog.getByRole('group', { name: '联系上了吗' }).getByText('是', { exact: true }).click()
  await dialog.getByRole('radio', { name: said.solved, exact: true }).check()
  await dialog.getByRole('radio', { name: said.satisfaction, exact: true }).check()
  await sendAct(page)
}
