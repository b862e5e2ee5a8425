import { describe, expect, it } from 'vitest'
import { axeScript } from '../accessibility'
import { useBrowser } from '../session'
import { enterConsole } from '../steps/console'
import { judge, inEnglish } from './judge'

const visit = useBrowser()

describe('the knowledge base', () => {
  it.each(inEnglish)('shows its list, an article and its editor in %s', async (language) => {
    const { page } = await visit({ locale: language, script: axeScript })
    const look = judge(page, 'console', language, true)
    await enterConsole(page, 'supervisor')
    await page.locator('.nav__link[href$="/knowledge"]').click()
    await page.locator('tbody tr').first().waitFor()
    await look('knowledge')
    await page.locator('input[type=search]').fill('稳岗返还')
    await page.locator('tbody .knowledge__why').first().waitFor()
    expect(await page.locator('tbody tr').first().innerText()).toContain('稳岗返还')
    await page.locator('tbody a').first().click()
    await page.locator('.ui-timeline').waitFor()
    await look('article')
    await page.locator('.page__head .tags button').first().click()
    await page.locator('#article-title').waitFor()
    await look('article-editor')
  })
})

describe('the portal', () => {
  it.each(inEnglish)(
    'answers common questions before an appeal is written, in %s',
    async (language) => {
      const { page } = await visit({ locale: language, script: axeScript })
      const look = judge(page, 'portal', language, true)
      await page.goto('/')
      const questions = page.locator('section[aria-labelledby=questions-title]')
      await questions.locator('details').first().waitFor()
      await questions.locator('input').fill('营业执照怎么办')
      await questions.locator('summary', { hasText: '营业执照' }).click()
      await questions.getByText('当场办结').waitFor()
      await look('questions')

      await page.goto('/#/submit')
      await page.locator('#appeal-content').fill('请问失业保险稳岗返还怎么领，我们公司没有裁员')
      await page.locator('.known summary', { hasText: '稳岗返还' }).waitFor()
      await look('known-answers')
    },
  )
})
