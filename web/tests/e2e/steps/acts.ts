import type { Locator, Page } from 'playwright-core'

/** The dialog of an act. */
export const actDialog = (page: Page): Locator => page.locator('dialog[open]')

/** Sends the dialog of an act and waits until it has been taken. */
export async function sendAct(page: Page): Promise<void> {
  const dialog = actDialog(page)
  await dialog.getByRole('button', { name: '提交', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}
