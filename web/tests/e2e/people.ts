import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { accountsFile } from './environment'

export interface Account {
  login: string
  password: string
  role: string
  name: string
}

export const accounts: readonly Account[] = readFileSync(accountsFile, 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [login = '', password = '', role = '', name = ''] = line.split('\t')
    return { login, password, role, name }
  })

/** By login, or the first one of a role. */
export function account(who: string): Account {
  const found = accounts.find(({ login, role }) => login === who || role === who)
  if (!found) throw new Error(`no demonstration account for ${who}`)
  return found
}

/** The clerk and the officials of a unit; the file lists the officials behind their clerk. */
export function peopleOf(unit: string): { clerk: Account; officials: Account[] } | undefined {
  const at = accounts.findIndex(
    ({ role, name }) => role === 'unit_clerk' && name.startsWith(`${unit}联络员`),
  )
  const clerk = accounts[at]
  if (!clerk) return undefined
  const rest = accounts.slice(at + 1)
  const next = rest.findIndex(({ role }) => role === 'unit_clerk')
  const own = next < 0 ? rest : rest.slice(0, next)
  return { clerk, officials: own.filter(({ role }) => role === 'official') }
}

/** Opens an app and logs in by its form, as a person would. */
export async function logIn(page: Page, app: string, who: string): Promise<Account> {
  const person = account(who)
  await page.goto(app)
  await page.locator('#login-login').fill(person.login)
  await page.locator('#login-password').fill(person.password)
  await page.locator('form.login button[type=submit]').click()
  await page.locator('form.login').waitFor({ state: 'detached' })
  return person
}
