import type { Locator, Page } from 'playwright-core'

/** The dialog of an act. */
export const actDialog = (page: Page): Locator => page.locator('dialog[open]')

/** A day of Weinan so many days from now, as a date field takes it. */
export const dayFromNow = (days: number): string =>
  new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)

/** Sends the dialog of an act and waits until it has been taken. */
export async function sendAct(page: Page): Promise<void> {
  const dialog = actDialog(page)
  await dialog.getByRole('button', { name: '提交', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** The same for words that go to the enterprise: at a desk they are shown once more. */
export async function sendReply(page: Page): Promise<void> {
  const dialog = actDialog(page)
  await dialog.getByRole('button', { name: '提交', exact: true }).click()
  await dialog.getByRole('button', { name: '确认答复企业', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}
