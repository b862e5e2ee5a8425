import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const files: Record<string, { file: string; type: string }> = {
  '/': { file: 'index.html', type: 'text/html' },
  '/page.js': { file: 'page.js', type: 'text/javascript' },
  '/sw.js': { file: 'sw.js', type: 'text/javascript' },
}

export interface Report {
  kind: 'subscribed' | 'shown' | 'failed'
  detail: unknown
}

/** The page under test, and what it reports. */
export class Site {
  private readonly reports: Report[] = []
  private wake: () => void = () => undefined
  private readonly server: Server

  private constructor(applicationServerKey: Promise<string>) {
    this.server = createServer((request, response) => {
      const path = request.url ?? '/'
      const known = files[path]
      if (request.method === 'POST' && path === '/report') {
        let text = ''
        request.on('data', (part: Buffer) => (text += part.toString()))
        request.on('end', () => {
          this.reports.push(JSON.parse(text) as Report)
          this.wake()
          response.writeHead(204).end()
        })
      } else if (path === '/key') {
        void applicationServerKey.then((key) => response.writeHead(200).end(key))
      } else if (known) {
        const body = readFileSync(new URL(`./page/${known.file}`, import.meta.url))
        response.writeHead(200, { 'Content-Type': known.type }).end(body)
      } else {
        response.writeHead(404).end()
      }
    })
  }

  /** The page gets the key, which it subscribes with, when there is one. */
  static async start(applicationServerKey: Promise<string>): Promise<Site> {
    const site = new Site(applicationServerKey)
    await new Promise<void>((ready) => site.server.listen(0, '127.0.0.1', ready))
    return site
  }

  /** A loopback name: service workers need a secure context. */
  get address(): string {
    return `http://localhost:${String((this.server.address() as AddressInfo).port)}/`
  }

  /** The next report, in the order they came; one that something failed ends the test. */
  async next(): Promise<Report> {
    while (this.reports.length === 0) {
      await new Promise<void>((resolve) => (this.wake = resolve))
    }
    const report = this.reports.shift()
    if (!report || report.kind === 'failed') throw new Error(JSON.stringify(report))
    return report
  }

  stop(): void {
    this.server.close()
    this.server.closeAllConnections()
  }
}
