import type { Page, WebSocketRoute } from 'playwright-core'

/** A page whose live line can be cut; to be asked for before it is opened. */
export async function breakable(page: Page) {
  const lines: WebSocketRoute[] = []
  let cut = false
  await page.routeWebSocket(/\/api\/v1\/live/, (line) => {
    if (cut) return void line.close()
    line.connectToServer()
    lines.push(line)
  })
  return {
    cut: async () => {
      cut = true
      for (const line of lines.splice(0)) await line.close()
    },
    // As when the network is there again.
    mend: async () => {
      cut = false
      await page.evaluate(() => dispatchEvent(new Event('online')))
    },
  }
}
