import { expect, it } from 'vitest'
import type { components } from '../../../src/shared/api/schema'
import { clientOf, until } from '../api'
import { useBrowser } from '../session'
import { shoot } from '../screenshots'
import { actDialog, sendReply } from '../steps/acts'
import { enterConsole } from '../steps/console'

type Schemas = components['schemas']

const visit = useBrowser()

it('16: a question is written down with its answer, published, suggested while typing, and closes a call', async () => {
  // Runs again on the same instance: no two articles ask the same.
  const run = String(Date.now()).slice(-6)
  const title = `冷链仓库用电能按农业电价吗 ${run}`

  const unit = await visit()
  await enterConsole(unit.page, 'unit_clerk')
  await unit.page.getByRole('link', { name: '知识库' }).click()
  await unit.page.getByRole('button', { name: '写条目' }).click()
  const editor = unit.page.locator('form.card')
  await editor.locator('#article-title').fill(title)
  await editor.locator('#article-questions').fill('果库保鲜电费怎么算\n冷库电价优惠')
  await editor.getByRole('button', { name: '保存' }).click()
  await unit.page.getByRole('link', { name: '请填写“答复”' }).waitFor()
  await editor
    .locator('#article-answer')
    .fill(
      '农产品产地初加工的保鲜仓储设施用电执行农业生产用电价格，凭营业执照和用地证明向供电营业厅申请。',
    )
  await editor.locator('#article-basis').fill('《关于进一步完善分时电价机制的通知》')
  await shoot(unit.page, 'console-article-editor-zh', { whole: true })
  await editor.getByRole('button', { name: '保存' }).click()
  await unit.page.getByRole('heading', { name: title }).waitFor()
  await unit.page.getByText('待审核').first().waitFor()
  expect(await unit.page.getByRole('button', { name: '发布' }).count()).toBe(0)

  const centre = await visit()
  await enterConsole(centre.page, 'supervisor01')
  await centre.page.getByRole('link', { name: '知识库' }).click()
  await centre.page.getByLabel('范围').selectOption('waiting')
  await centre.page.getByRole('link', { name: title }).click()
  await centre.page.getByRole('button', { name: '发布' }).click()
  await actDialog(centre.page).getByRole('button', { name: '确定' }).click()
  await centre.page.getByText('现行答复').waitFor()
  await shoot(centre.page, 'console-article-zh')

  const desk = await visit()
  await enterConsole(desk.page, 'agent01')
  await desk.page.goto('/console#/desk')
  await desk.page
    .locator('#draft-content')
    .fill(`您好，我们合作社建了个冷链仓库，请问用电能不能按农业电价算，编号${run}`)
  const fits = desk.page.locator('.fits__one', { hasText: title })
  await fits.waitFor()
  await desk.page.locator('#draft-phone').fill('13991390199')
  await desk.page.locator('#draft-content').press('Alt+k')
  expect(await desk.page.evaluate(() => document.activeElement?.textContent)).toContain('用它答复')
  await fits.getByRole('button', { name: '用它答复' }).press('Enter')
  await shoot(desk.page, 'console-desk-suggestions-zh')
  await desk.page.getByRole('button', { name: '提交并答复办结' }).click()

  const form = actDialog(desk.page)
  await form.getByText(`答复依据：${title}（第 1 版）`).waitFor()
  expect(await form.locator('#act-result_text').inputValue()).toContain('执行农业生产用电价格')
  await shoot(desk.page, 'console-close-on-call-zh')
  await sendReply(desk.page)
  const basis = desk.page.getByRole('link', { name: `答复依据：${title}（第 1 版）` })
  await basis.waitFor()
  await shoot(desk.page, 'console-answered-zh')

  await basis.click()
  await desk.page.getByText('引用办结 1 次').waitFor()
  await desk.page.getByRole('button', { name: '有误' }).click()
  await desk.page.getByLabel('哪里不对').fill('应写明须由供电所现场核实用途')
  await desk.page.getByRole('button', { name: '确定' }).click()
  await desk.page.getByText('应写明须由供电所现场核实用途').waitFor()

  // It reaches the unit responsible, which replies and mends the article.
  await unit.page.getByRole('link', { name: '知识库', exact: true }).click()
  await unit.page.getByLabel('范围').selectOption('feedback')
  await unit.page.getByRole('link', { name: title }).click()
  await unit.page.getByRole('button', { name: '回复' }).click()
  await unit.page.getByLabel('处理情况').fill('已补充现场核实的要求')
  await unit.page.getByRole('button', { name: '确定' }).click()
  await unit.page.getByText('已补充现场核实的要求').waitFor()
  await unit.page.getByRole('button', { name: '修改' }).click()
  const answer = unit.page.locator('#article-answer')
  await answer.fill(`${await answer.inputValue()}供电所现场核实用途后执行。`)
  await unit.page.getByRole('button', { name: '保存' }).click()
  await unit.page.getByText('待审核的第 2 版').waitFor()
  await shoot(unit.page, 'console-article-waiting-zh')

  // The published version goes on answering until the next one is published.
  const reader = await clientOf('agent01')
  const id = Number(/knowledge\/(\d+)/.exec(unit.page.url())?.[1])
  const known = await reader.get<Schemas['Article']>(`/knowledge/${id}`)
  expect(known.version).toBe(1)
  expect(known.hits).toBe(1)
  await centre.page.reload()
  await centre.page.getByRole('button', { name: '发布' }).click()
  await actDialog(centre.page).getByRole('button', { name: '确定' }).click()
  const suggested = await until(
    () =>
      reader.send<{ items: Schemas['ArticleSuggestion'][] }>('POST', '/knowledge/suggest', {
        text: title,
      }),
    ({ items }) => items.some(({ article_id, version }) => article_id === id && version === 2),
    5,
  )
  expect(suggested.items[0]?.answer).toContain('供电所现场核实用途后执行')
})
