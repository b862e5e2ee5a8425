import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { readmeFolder, screenshotFolder } from './environment'

/** The picture of a screen, as wide as the window; `whole` follows the page to its end. */
export async function shoot(page: Page, name: string, { whole = false } = {}): Promise<void> {
  mkdirSync(screenshotFolder, { recursive: true })
  const path = join(screenshotFolder, `${name}.png`)
  await page.screenshot({ path, fullPage: whole, animations: 'disabled', caret: 'hide' })
}

/** One of the four in the README. */
export async function shootForReadme(page: Page, app: string): Promise<void> {
  if (!readmeFolder) return
  mkdirSync(readmeFolder, { recursive: true })
  const path = join(readmeFolder, `${app}.png`)
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
}
