import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterEach, expect } from 'vitest'
import { baseUrl, chromium as engine, desktopChromium } from './environment'

export interface Viewport {
  width: number
  height: number
}

export const desk: Viewport = { width: 1280, height: 800 }
export const phone: Viewport = { width: 360, height: 740 }

export interface Wishes {
  viewport?: Viewport
  locale?: 'zh-CN' | 'en'
  /** Run before anything of the page. */
  script?: string
  /** As in a WebView that has none. */
  workers?: 'block'
  permissions?: string[]
  /** More of the engine's own: for a browser of its own. */
  flags?: readonly string[]
}

/** One person's browser: an own context, watched for everything that went wrong in it. */
export interface Visit {
  context: BrowserContext
  page: Page
  /** A refusal the test provokes: "404 /api/v1/appeals/". Anything else in the console fails it. */
  expectRefusal: (status: number, path: string) => void
  /** Flight mode on or off; that requests fail in it is no fault. */
  flight: (on: boolean) => Promise<void>
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

// A report of the policy reaches the console in words that differ by version; the event does not.
const tellViolations = `addEventListener('securitypolicyviolation', (e) =>
  console.error('policy violated: ' + e.violatedDirective + ' by ' + e.blockedURI + ' ' + e.sample))`

// Before the first page there is a blank one, which has no storage.
const english = `try { localStorage.setItem('qp.locale', 'en') } catch {}`

const unreachable = /net::ERR_(INTERNET_DISCONNECTED|FAILED|NETWORK_CHANGED|ABORTED)/

interface Refusal {
  status: number
  path: string
}

function watch(
  page: Page,
  allowed: readonly Refusal[],
  faults: string[],
  flown: () => boolean,
): void {
  page.on('pageerror', (error) => faults.push(`page error: ${error.stack ?? error.message}`))
  page.on('console', (message) => {
    if (message.type() !== 'error' && !/\[Vue warn\]/.test(message.text())) return
    if (flown() && unreachable.test(message.text())) return
    const { url } = message.location()
    const status = /status of (\d+)/.exec(message.text())?.[1]
    const expected = allowed.some(
      (one) => status === String(one.status) && new URL(url).pathname.startsWith(one.path),
    )
    if (!expected) faults.push(`console: ${message.text()} (${url})`)
  })
}

const browsers = new Map<string, Browser>()

/** One for all files that a worker runs: each visit is a context of its own. It ends with the worker. */
async function theBrowser(executablePath: string, more: readonly string[]): Promise<Browser> {
  const kind = [executablePath, ...more].join(' ')
  const running = browsers.get(kind)
  if (running?.isConnected()) return running
  const args = [...flags, ...more]
  const browser = await chromium.launch({ executablePath, headless: true, args })
  browsers.set(kind, browser)
  return browser
}

/** Every visit is closed, and judged, when its test ends. */
export function useBrowser(): (wishes?: Wishes) => Promise<Visit> {
  let open: { context: BrowserContext; faults: string[] }[] = []

  afterEach(async () => {
    const ended = open
    open = []
    await Promise.all(ended.map(({ context }) => context.close()))
    expect(ended.flatMap(({ faults }) => faults)).toEqual([])
  })

  return async ({
    viewport = desk,
    locale = 'zh-CN',
    script,
    workers,
    permissions,
    flags,
  } = {}) => {
    const browser = await theBrowser(
      permissions?.includes('notifications') ? desktopChromium : engine,
      flags ?? [],
    )
    const context = await browser.newContext({
      ...{ baseURL: baseUrl, viewport, locale },
      ...(workers && { serviceWorkers: workers }),
      ...(permissions && { permissions }),
    })
    context.setDefaultTimeout(15_000)
    const faults: string[] = []
    // Who is not logged in is told so: the only refusal every visit begins with.
    const allowed: Refusal[] = [{ status: 401, path: '/api/v1/me' }]
    let flown = false
    context.on('page', (page) => watch(page, allowed, faults, () => flown))
    await context.addInitScript(tellViolations)
    if (locale === 'en') await context.addInitScript(english)
    if (script) await context.addInitScript(script)
    open.push({ context, faults })
    const page = await context.newPage()
    return {
      context,
      page,
      expectRefusal: (status, path) => allowed.push({ status, path }),
      async flight(on) {
        flown ||= on
        await context.setOffline(on)
      },
    }
  }
}
