import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { findings } from '../accessibility'
import { untranslated, watchData } from '../language'
import { shoot } from '../screenshots'

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]
/**
 * For walks through pages that others show in Chinese: their elements are the same in both languages, and only in English
 * can words be missing.
 */
export const inEnglish = ['en'] as const

export async function picture(
  page: Page,
  app: string,
  language: Language,
  screen: string,
): Promise<void> {
  await page.waitForLoadState('networkidle')
  await shoot(page, `${app}-${screen}-${language.slice(0, 2)}`, { whole: app !== 'console' })
}

/**
 * Judges one screen after the other, with a picture: accessibility in Chinese, for the elements are the same in
 * English; there, that no word of the page is Chinese, from its first moment on.
 */
export function judge(
  page: Page,
  app: string,
  language: Language,
  accessibility = language === 'zh-CN',
) {
  const data = watchData(page)
  return async (screen: string): Promise<void> => {
    await picture(page, app, language, screen)
    if (accessibility) expect.soft(await findings(page), `${app} ${screen}`).toEqual([])
    expect.soft(await page.locator('html').getAttribute('lang')).toBe(language)
    if (language === 'en')
      expect.soft(await untranslated(page, data), `${app} ${screen}: not in English`).toEqual([])
  }
}
