import type { Page } from 'playwright-core'
import { enterConsole } from './console'

/** Takes calls: the form is there, and so is the feed calls come by. */
export async function atTheDesk(page: Page, who: string): Promise<void> {
  const listening = page
    .waitForEvent('websocket')
    .then((socket) =>
      socket.waitForEvent('framereceived', ({ payload }) => payload.includes('subscribed')),
    )
  await enterConsole(page, who)
  await page.locator('#draft-content').waitFor()
  await listening
  await becomeReady(page)
}

/** Signing in lands in not ready: whoever takes calls says so, by the bar's key. */
async function becomeReady(page: Page): Promise<void> {
  const state = page.locator('.shell__ready')
  await state.waitFor()
  if (!(await state.innerText()).startsWith('●')) await page.keyboard.press('Alt+r')
  await state.filter({ hasText: '●' }).waitFor()
}
