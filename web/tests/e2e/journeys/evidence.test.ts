import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { axeScript, findings } from '../accessibility'
import { clientOf, officialOf, progressOf, until } from '../api'
import { account, logIn } from '../people'
import { phone, useBrowser } from '../session'
import { shoot } from '../screenshots'
import { actDialog, sendAct } from '../steps/acts'
import { enterConsole, openTicket as openInConsole } from '../steps/console'
import { allSent, openTicket, sign } from '../steps/mobile'
import { confirm, follow } from '../steps/portal'

const visit = useBrowser()

const picture = (name: string): string =>
  fileURLToPath(new URL(`../../../screenshots/${name}.png`, import.meta.url))
const note = (name: string, text: string) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(text),
})
const pdf = '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'

type Chosen = Parameters<Page['setInputFiles']>[1]
const choose = (page: Page, files: Chosen): Promise<void> =>
  page.locator('input[data-files=any]').setInputFiles(files)

/** Every small picture of the page has arrived and can be seen. */
async function picturesShown(page: Page, count: number): Promise<void> {
  const pictures = page.locator('img.file-list__preview')
  await expect.poll(() => pictures.count()).toBe(count)
  await pictures.first().scrollIntoViewIfNeeded()
  await expect
    .poll(() =>
      pictures.evaluateAll((all) => all.every((one) => (one as HTMLImageElement).naturalWidth > 0)),
    )
    .toBe(true)
}

async function describeMatter(page: Page): Promise<void> {
  await page
    .locator('#appeal-content')
    .fill('蒲城县罕井镇供电所抄表员让我们买指定的变压器，请核实，照片附后。')
  await page.locator('#appeal-division').selectOption({ label: '蒲城县' })
  await page.locator('#appeal-phone').fill('13991390072')
  await page.getByRole('button', { name: '下一步：核对' }).click()
  await page.getByRole('heading', { name: '请核对' }).waitFor()
}

it('an owner sends photos with the appeal and more later; the official adds evidence; the reviewer sees all; a stranger none', async () => {
  const enterprise = await visit({ viewport: phone, script: axeScript })
  const { page } = enterprise
  await page.goto('/#/submit')
  await choose(page, [picture('portal'), picture('mobile')])
  await page.locator('.file-picker__one').nth(1).waitFor()
  await choose(page, note('安装包.exe', 'MZ'))
  await page.getByText('不支持这种文件').waitFor()
  await page.getByRole('button', { name: '移除 安装包.exe' }).click()
  expect(await findings(page)).toEqual([])
  await shoot(page, 'portal-files-chosen-zh', { whole: true })
  // The form is filled in without leaving the page, which would forget the files.
  await page
    .locator('#appeal-content')
    .fill('蒲城县罕井镇我厂门口的变压器漏油冒烟，下午又停电，照片附后。')
  await page.locator('#appeal-division').selectOption({ label: '蒲城县' })
  await page.locator('#appeal-phone').fill('13991390071')
  await page.getByRole('button', { name: '下一步：核对' }).click()
  await page.getByText('2 个，提交后上传').waitFor()
  const numbers = await confirm(page)
  await page.getByText('附件已上传。').waitFor()
  await shoot(page, 'portal-files-sent-zh', { whole: true })

  await follow(page, numbers)
  await picturesShown(page, 2)
  await choose(page, note('损失清单.pdf', pdf))
  await page.getByText('附件已上传。').waitFor()
  await page.getByText('损失清单.pdf').waitFor()
  expect(await findings(page)).toEqual([])
  await shoot(page, 'portal-files-followed-zh', { whole: true })

  const owner = await officialOf(numbers.ticket_no)
  const official = await visit({ viewport: phone, script: axeScript })
  await logIn(official.page, '/mobile', owner.login)
  await sign(official.page, numbers.ticket_no)
  await openTicket(official.page, numbers.ticket_no)
  await picturesShown(official.page, 2)
  await choose(official.page, picture('console'))
  await official.page.getByLabel('仅内部可见').check()
  await choose(official.page, note('踏勘记录.pdf', pdf + '%2\n%%EOF\n'))
  await official.page.getByRole('button', { name: '提交', exact: true }).click()
  await picturesShown(official.page, 3)
  await official.page.locator('.file-list').getByText('踏勘记录.pdf').waitFor()
  // With the contact, from within its form; it follows the act.
  await official.page.getByRole('button', { name: '首次联系' }).click()
  const form = actDialog(official.page)
  await form.locator('input[data-files=any]').setInputFiles(picture('dash'))
  await form.getByText('待上传').waitFor()
  await shoot(official.page, 'mobile-contact-file-zh')
  await form.getByRole('radio', { name: '上门' }).check()
  await form.locator('#act-contact_result').fill('到厂查看，变压器漏油，已拍照。')
  await sendAct(official.page)
  await allSent(official.page)
  await picturesShown(official.page, 4)
  expect(await findings(official.page)).toEqual([])
  await shoot(official.page, 'mobile-files-zh', { whole: true })

  const reviewer = await visit({ script: axeScript })
  await enterConsole(reviewer.page, 'reviewer01')
  await openInConsole(reviewer.page, numbers.ticket_no)
  await picturesShown(reviewer.page, 4)
  await reviewer.page.getByText('踏勘记录.pdf').waitFor()
  expect(await findings(reviewer.page)).toEqual([])
  await shoot(reviewer.page, 'console-files-zh')
  await reviewer.page.evaluate(() => {
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File(['已电话核实'], '粘贴.txt'))
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
  })
  await reviewer.page.locator('.file-list').getByText('粘贴.txt').waitFor()
  await reviewer.page.getByRole('button', { name: '查看 console.jpg' }).click()
  const whole = reviewer.page.locator('.file-list__whole')
  await expect
    .poll(() => whole.evaluate((it) => (it as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(300)
  await shoot(reviewer.page, 'console-file-open-zh')
  await reviewer.page.keyboard.press('Escape')

  // Neither internal notes nor the unit's pictures before the review are the owner's to see.
  const seen = await progressOf(numbers)
  expect(seen.attachments.map(({ name }) => name).sort()).toEqual([
    'mobile.jpg',
    'portal.jpg',
    '损失清单.pdf',
    '粘贴.txt',
  ])

  const ticket = await (await clientOf('reviewer01')).ticket(numbers.ticket_no)
  const first = ticket.attachments[0]?.id
  const path = `/tickets/${numbers.ticket_no}/attachments/${first}`
  const stranger = await clientOf(account('agent').login)
  await expect(stranger.get(path)).rejects.toThrow('404')
  await expect(stranger.get(`${path}/preview`)).rejects.toThrow('404')
  const auditor = await clientOf('auditor')
  const looks = await until(
    () => auditor.get<{ items: { object: string }[] }>('/audit?action=attachment.read'),
    ({ items }) => items.some(({ object }) => object === `ticket:${numbers.ticket_no}`),
  )
  expect(looks.items.length).toBeGreaterThan(0)
})

it('what a confidential owner sends is held until a reviewer releases it', async () => {
  const enterprise = await visit()
  await enterprise.page.goto('/#/submit')
  await enterprise.page.getByLabel('为我保密').check()
  await choose(enterprise.page, picture('dash'))
  await describeMatter(enterprise.page)
  const numbers = await confirm(enterprise.page)
  await enterprise.page.getByText('附件已上传。').waitFor()

  const owner = await officialOf(numbers.ticket_no)
  const official = await clientOf(owner.login)
  expect((await official.ticket(numbers.ticket_no)).attachments).toEqual([])

  const reviewer = await visit({ script: axeScript })
  await enterConsole(reviewer.page, 'reviewer01')
  await openInConsole(reviewer.page, numbers.ticket_no)
  await picturesShown(reviewer.page, 1)
  await reviewer.page.getByRole('button', { name: '公开给承办单位' }).click()
  await reviewer.page.getByLabel('核对情况').fill('照片只有设备，看不出是哪家企业')
  await shoot(reviewer.page, 'console-file-release-zh')
  await reviewer.page
    .locator('dialog[open]')
    .getByRole('button', { name: '公开给承办单位' })
    .click()
  const opened = await until(
    () => official.ticket(numbers.ticket_no),
    ({ attachments }) => attachments.length === 1,
  )
  expect(opened.attachments[0]).toMatchObject({ name: 'file.jpg', held: false })
})
