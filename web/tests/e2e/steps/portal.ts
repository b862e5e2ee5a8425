import type { Page } from 'playwright-core'

export interface Words {
  type?: string
  content: string
  wanted?: string
  division?: string
  enterprise?: string
  uscc?: string
  phone: string
  name?: string
}

export interface Numbers {
  ticket_no: string
  query_code: string
}

/** Fills in the form of the portal up to the page of answers to check. */
export async function write(page: Page, words: Words): Promise<void> {
  await page.goto('/#/submit')
  if (words.type) await page.getByRole('radio', { name: words.type }).check()
  await page.locator('#appeal-content').fill(words.content)
  if (words.wanted) await page.locator('#appeal-wanted').fill(words.wanted)
  if (words.division) await page.locator('#appeal-division').selectOption({ label: words.division })
  if (words.enterprise) await page.locator('#appeal-enterpriseName').fill(words.enterprise)
  if (words.uscc) await page.locator('#appeal-uscc').fill(words.uscc)
  await page.locator('#appeal-phone').fill(words.phone)
  if (words.name) await page.locator('#appeal-name').fill(words.name)
  await page.getByRole('button', { name: '下一步：核对' }).click()
  await page.getByRole('heading', { name: '请核对' }).waitFor()
}

/** Confirms what was checked; the numbers of the receipt. */
export async function confirm(page: Page): Promise<Numbers> {
  await page.getByRole('button', { name: '确认提交' }).click()
  await page.getByRole('heading', { name: '已收到' }).waitFor()
  return {
    ticket_no: await page.getByTestId('ticket-no').innerText(),
    query_code: await page.getByTestId('query-code').innerText(),
  }
}

export async function submit(page: Page, words: Words): Promise<Numbers> {
  await write(page, words)
  return confirm(page)
}

/** Types the numbers of a receipt into the page that follows an appeal. */
export async function follow(page: Page, numbers: Numbers): Promise<void> {
  await page.goto('/#/follow')
  const other = page.getByRole('button', { name: '查另一件' })
  const field = page.locator('#follow-no')
  // A receipt of this visit is looked up first; the form is there only when there is none, or no answer.
  await other.or(field).first().waitFor()
  if (await other.isVisible()) await other.click()
  await field.fill(numbers.ticket_no)
  await page.locator('#follow-code').fill(numbers.query_code)
  await page.getByRole('button', { name: '查询', exact: true }).click()
}
