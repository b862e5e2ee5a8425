import type { Page } from 'playwright-core'
import { afterEach, expect, it } from 'vitest'
import type { components } from '../../../src/shared/api/schema'
import { clientOf, submitAppeal, until } from '../api'
import { shoot } from '../screenshots'
import { useBrowser } from '../session'
import { actDialog } from '../steps/acts'
import { enterConsole, openTicket } from '../steps/console'
import { handoverIsDue, PartnerSystem } from '../steps/partner'

type Handover = components['schemas']['Handover']

const visit = useBrowser()
const system = new PartnerSystem()
const name = '潼关城管平台'

const appeal = (place: string) => ({
  content: `潼关县${place}我公司门口的道路路面塌陷，货车无法通行，请城管部门派人修复。`,
  division: '610522',
  appellant: { phone: '13991390077', name: '孙立' },
})

afterEach(async () => {
  await system.leave()
  const admin = await clientOf('admin')
  const { items } = await admin.get<{ items: { id: number; name: string }[] }>('/partners')
  for (const one of items.filter((other) => other.name === name))
    await admin.send('PATCH', `/partners/${one.id}`, { active: false })
})

/** The unit that gets such appeals. */
async function unitOf(place: string): Promise<string> {
  const { ticket_no } = await submitAppeal(appeal(place))
  const dispatcher = await clientOf('dispatcher01')
  const { unit_name } = await until(
    () => dispatcher.ticket(ticket_no),
    ({ state }) => state === 'dispatched',
  )
  return unit_name ?? ''
}

async function partnerAct(page: Page, act: string): Promise<void> {
  await page.getByRole('button', { name: `${act} ${name}`, exact: true }).click()
}

async function save(page: Page): Promise<void> {
  await actDialog(page).getByRole('button', { name: '保存', exact: true }).click()
  await actDialog(page).waitFor({ state: 'detached' })
}

/** An administrator joins the system: tried while it is away, mapped when it is there, switched on. */
async function join(page: Page, unit: string): Promise<void> {
  await enterConsole(page, 'admin')
  await page.goto('/console#/integrations')
  await page.getByRole('button', { name: '新建协同系统' }).click()
  const dialog = actDialog(page)
  await dialog.locator('#partner-name').fill(name)
  await dialog.locator('#partner-unit_id').fill(unit)
  await dialog.getByRole('option', { name: unit, exact: true }).click()
  await dialog.locator('#partner-base_url').fill(system.url)
  await dialog.locator('#partner-format').selectOption('json')
  await save(page)

  await system.leave()
  await partnerAct(page, '测试')
  await page.getByText(`“${name}”不可用：连不上`).waitFor()
  await shoot(page, 'admin-partner-away-zh', { whole: true })
  await system.come()

  await partnerAct(page, '服务对应')
  await dialog.getByLabel('对方服务').selectOption('DL01')
  await shoot(page, 'admin-partner-services-zh')
  await save(page)
  await partnerAct(page, '修改')
  await dialog.getByLabel('启用', { exact: true }).check()
  await save(page)
  await page.locator('tr', { hasText: name }).getByText('已启用').waitFor()
}

it("a ticket of a partner's unit goes to its system and is followed to its end; what fails is told", async () => {
  await system.come()
  const unit = await unitOf('城关街道和平路')
  const admin = await visit()
  await join(admin.page, unit)

  const reader = await clientOf('dispatcher01')
  const stands = (no: string, state: Handover['state']) =>
    until(
      () => reader.get<Handover>(`/tickets/${no}/handover`).catch(() => undefined),
      (seen) => seen?.state === state && (state !== 'waiting' || seen.attempts > 0),
    )
  const desk = await visit()
  const row = (no: string) => desk.page.locator('tr', { hasText: no })
  const look = () => desk.page.keyboard.press('r')

  // It is away: that is told, and it is tried again.
  await system.leave()
  const { ticket_no: first } = await submitAppeal(appeal('秦东镇桃林路'))
  await stands(first, 'waiting')
  await enterConsole(desk.page, 'dispatcher01')
  await desk.page.goto('/console#/handovers')
  await desk.page.getByLabel('显示全部在途工单').check()
  await row(first).getByText('待发送').waitFor()
  await row(first).getByText('连不上，系统会自动再试').waitFor()
  await shoot(desk.page, 'dispatcher-partner-away-zh')

  await system.come()
  handoverIsDue(first)
  await stands(first, 'accepted')
  await look()
  await row(first).getByText('对方办理中').waitFor()
  const [sent] = system.taken
  expect(sent?.form.get('service_code')).toBe('DL01')
  expect(sent?.form.get('description')).toContain(first)
  expect(sent?.form.toString()).not.toMatch(/13991390077|孙立|%E5%AD%99/)

  // It refuses another one: its words, and a person settles it.
  system.refusal = '不属城管管辖路段'
  const { ticket_no: second } = await submitAppeal(appeal('太要镇工业路'))
  await stands(second, 'refused')
  await look()
  await row(second).getByText('不属城管管辖路段').waitFor()
  await shoot(desk.page, 'dispatcher-partner-refused-zh')
  await row(second)
    .getByRole('button', { name: `自行办理 ${second}` })
    .click()
  await actDialog(desk.page).locator('#handover-value').fill('由本局市政科办理')
  await actDialog(desk.page).getByRole('button', { name: '自行办理', exact: true }).click()
  await actDialog(desk.page).waitFor({ state: 'detached' })
  await stands(second, 'ended')

  // It has done the first: the unit has to finish, and the ticket tells the whole way.
  if (sent) Object.assign(sent, { status: 'closed', status_notes: '路面已修复通车' })
  handoverIsDue(first)
  await stands(first, 'closed')
  await openTicket(desk.page, first)
  await desk.page.getByText('路面已修复通车').first().waitFor()
  await desk.page.getByText('CG-1001').first().waitFor()
  await shoot(desk.page, 'dispatcher-partner-done-zh', { whole: true })
  expect(system.taken).toHaveLength(1)
})
