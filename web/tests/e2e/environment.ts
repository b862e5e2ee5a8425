import { fileURLToPath } from 'node:url'

/** Workers beside each other have an instance each: E2E_BASE_URL_2 is that of the second. */
export function needed(name: string): string {
  const own = process.env[`${name}_${process.env.VITEST_POOL_ID ?? ''}`]
  const value = own || process.env[name]
  if (!value) throw new Error(`${name} is not set: run these tests by "./hotline test e2e"`)
  return value
}

/** Origin of the running server, without a slash at its end. */
export const baseUrl = needed('E2E_BASE_URL').replace(/\/$/, '')

/** Tab-separated: login, password, role, name. */
export const accountsFile = needed('E2E_ACCOUNTS')

/** The engine without the windows of a desktop, which are a third of a whole one's work. */
export const chromium = process.env.CHROMIUM || '/usr/bin/chromium-headless-shell'
/** With them, for notifications alone. */
export const desktopChromium = process.env.CHROMIUM_DESKTOP || '/usr/bin/chromium'

/** Every screen in both languages: an artefact of the run, never committed. */
export const screenshotFolder =
  process.env.E2E_SCREENSHOTS || fileURLToPath(new URL('../../../var/screenshots', import.meta.url))
