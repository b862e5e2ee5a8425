import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { components } from '../../../src/shared/api/schema'
import { axeScript } from '../accessibility'
import { clientOf } from '../api'
import { judge } from '../screens/judge'
import { useBrowser } from '../session'
import { shoot } from '../screenshots'
import { actDialog, dayFromNow } from '../steps/acts'
import { enterConsole } from '../steps/console'

type Schemas = components['schemas']
type Units = { items: Schemas['KeptUnit'][] }

const visit = useBrowser()

async function save(page: Page): Promise<void> {
  await actDialog(page).getByRole('button', { name: '保存' }).click()
  await actDialog(page).waitFor({ state: 'detached' })
}

/** Chooses what a box finds for the words typed into it. */
async function pick(page: Page, box: string, words: string): Promise<void> {
  await page.locator(box).fill(words)
  await page.locator('.ui-combo__item', { hasText: words }).first().click()
}

it('a unit is made, an official moves there and plans leave, the history tells it, and a file brings more', async () => {
  // Runs again on the same instance: no two units have one code.
  const run = String(Date.now()).slice(-7)
  const name = `企业服务专班${run}`
  const keeper = await clientOf('supervisor01')
  const { items } = await keeper.get<Units>('/directory/units?level=city&active=true&limit=1')
  const [above] = items
  if (!above) throw new Error('no unit of the city')
  const official = await keeper.send<Schemas['KeptOfficial']>('POST', '/directory/officials', {
    staff_no: `E2E${run}`,
    name: `专班干部${run}`,
    unit_id: above.id,
  })

  const { page } = await visit({ script: axeScript })
  const look = judge(page, 'console', 'zh-CN')
  await enterConsole(page, 'supervisor01')
  await page.locator('.nav__link[href$="/directory"]').click()
  await page.getByLabel('查找单位').fill(above.code)
  await page.getByRole('treeitem', { name: above.name, exact: true }).click()
  await page.locator('.roster').waitFor()
  await page.getByRole('button', { name: '新建下级单位' }).click()
  await page.locator('#unit-name').fill(name)
  await page.locator('#unit-code').fill(`e2e-${run}`)
  await look('directory-unit-form')
  await save(page)
  await page.getByRole('heading', { name, exact: true }).waitFor()
  await look('directory-unit')

  await page.getByRole('tab', { name: '干部' }).click()
  await page.getByLabel('查找干部').fill(official.staff_no)
  await page.getByRole('link', { name: official.name }).click()
  await page.getByRole('button', { name: '修改', exact: true }).first().click()
  await pick(page, '#official-unit_id', name)
  await page.locator('#official-note').fill('抽调到专班')
  await save(page)
  await page.locator('.facts').getByText(name).waitFor()

  await page.getByRole('button', { name: '登记休假' }).click()
  await page.locator('#leave-to').fill(dayFromNow(3))
  await page.locator('#leave-reason').fill('年休假')
  await save(page)
  await page.locator('.facts').getByText('今日休假').waitFor()
  await page.getByText(`单位：${above.name} → ${name}`).waitFor()
  await look('directory-official')

  await page.getByRole('tab', { name: '变更记录' }).click()
  await page.getByLabel('类别').selectOption('leave')
  const newest = page.locator('tbody tr').first()
  await newest.getByText(`最后一天：— → ${dayFromNow(3)}`).waitFor()
  expect(await newest.innerText()).toContain(official.name)
  await look('directory-history')

  await page.getByRole('tab', { name: '派单所学' }).click()
  const topics = page.getByRole('row').filter({ hasText: '事项' }).last()
  await topics.getByText('%').first().waitFor()
  await look('directory-learned')

  // The file that was exported, with one line that is right and one that is not.
  const [head = '', ...lines] = (
    await page.evaluate(async () => (await fetch('/api/v1/directory/export/units')).text())
  ).split(/\r?\n/)
  const line = lines.find((one) => one.includes(name)) ?? ''
  const good = line.replaceAll(`e2e-${run}`, `e2e-b-${run}`).replaceAll(name, `${name}乙`)
  const bad = good.replaceAll(`e2e-b-${run}`, `e2e-c-${run}`).replaceAll('610500', '999999')
  const choose = (rows: string[]) =>
    page.locator('input[type=file]').setInputFiles({
      name: `units-${run}.csv`,
      mimeType: 'text/csv',
      buffer: Buffer.from([head, ...rows, ''].join('\n')),
    })
  await page.getByRole('tab', { name: '导入导出' }).click()
  await choose([good, bad])
  await page.locator('.directory__lines').getByText('第 3 行').waitFor()
  expect(await page.getByRole('button', { name: '写入名录' }).count()).toBe(0)
  await shoot(page, 'console-directory-import-zh')
  await choose([good])
  await page.getByRole('button', { name: '写入名录' }).click()
  await page.locator('.ui-banner--ok').getByText('已写入').waitFor()
  const { items: brought } = await keeper.get<Units>(`/directory/units?q=e2e-b-${run}`)
  expect(brought.map((unit) => unit.name)).toEqual([`${name}乙`])

  await page.emulateMedia({ colorScheme: 'dark' })
  await page.evaluate(() => localStorage.setItem('qp.locale', 'en'))
  await page.reload()
  const judged = judge(page, 'console', 'en')
  await page.getByText('Import into').waitFor()
  await judged('directory-import-dark')
  await page.goto(`/console#/directory/officials/${official.id}`)
  await page.getByText(`Unit: ${above.name} → ${name}`).waitFor()
  await judged('directory-official-dark')
  await page.setViewportSize({ width: 320, height: 700 })
  await page.goto(`/console#/directory/units/${above.id}`)
  await page.locator('.roster').waitFor()
  await shoot(page, 'console-directory-unit-narrow-en')
})

it('who only reads the directory changes nothing in it', async () => {
  const { page } = await visit()
  await enterConsole(page, 'agent01')
  await page.locator('.nav__link[href$="/directory"]').click()
  await page.getByRole('treeitem').first().click()
  await page.locator('.roster').waitFor()
  expect(await page.getByRole('tab').allInnerTexts()).toEqual(['单位', '干部', '派单所学'])
  expect(
    await page
      .locator('main')
      .getByRole('button', { name: /新建|修改|停用|安排/ })
      .count(),
  ).toBe(0)
})
