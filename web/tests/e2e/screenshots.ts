import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { screenshotFolder } from './environment'

/** The picture of a screen, as wide as the window; `whole` follows the page to its end. */
export async function shoot(
  page: Page,
  name: string,
  { whole = false, folder = screenshotFolder } = {},
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path, fullPage: whole, animations: 'disabled', caret: 'hide' })
}
