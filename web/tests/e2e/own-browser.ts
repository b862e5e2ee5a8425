import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { until } from './api'
import { baseUrl, chromium as executablePath } from './environment'

/** A browser with a folder of its own, to be killed as a phone's memory runs out or its battery goes. */
export interface OwnBrowser {
  context: BrowserContext
  page: Page
  kill: () => Promise<void>
}

const flags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--remote-debugging-port=0',
  '--window-size=390,844',
]

async function ended(browser: ChildProcess): Promise<void> {
  if (browser.exitCode !== null || browser.signalCode !== null) return
  await new Promise((done) => browser.once('exit', done))
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // it was gone already
  }
}

export async function startOwnBrowser(folder: string): Promise<OwnBrowser> {
  const port = join(folder, 'DevToolsActivePort')
  const before = readText(port)
  const started = spawn(executablePath, [...flags, `--user-data-dir=${folder}`, 'about:blank'], {
    stdio: 'ignore',
    // A group of its own: its helpers die with it.
    detached: true,
  })
  const told = await until(
    () => Promise.resolve(readText(port)),
    (text) => text !== '' && text !== before,
    20,
  )
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${told.split('\n')[0]}`)
  const [context] = browser.contexts()
  if (!context) throw new Error('the browser has no context')
  context.setDefaultTimeout(20_000)
  const page = context.pages()[0] ?? (await context.newPage())
  return {
    context,
    page,
    async kill() {
      if (started.pid && started.exitCode === null) killGroup(started.pid)
      await ended(started)
      await browser.close().catch(() => undefined)
    },
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

export const mobileUrl = `${baseUrl}/mobile`
