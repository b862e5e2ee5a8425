import { existsSync, readFileSync } from 'node:fs'
import { WebSocket } from 'ws'

interface Answer {
  id?: number
  type: 'success' | 'error' | 'event'
  message?: string
  result?: unknown
}

/** The one value a script gave back. */
interface Evaluated {
  type: 'success' | 'exception'
  result?: { type: string; value?: string }
  exceptionDetails?: { text: string }
}

const patience = 30_000
const again = 100

/** Firefox's own remote control (W3C WebDriver BiDi), spoken without a driver in between. */
export class Remote {
  #last = 0
  readonly #waiting = new Map<number, (answer: Answer) => void>()

  private constructor(
    private readonly socket: WebSocket,
    private context = '',
  ) {
    socket.on('message', (data: Buffer) => {
      const answer = JSON.parse(data.toString()) as Answer
      if (answer.id === undefined) return
      this.#waiting.get(answer.id)?.(answer)
      this.#waiting.delete(answer.id)
    })
  }

  /** The address stands in this file of the profile once somebody may call. */
  static async connect(file: string): Promise<Remote> {
    await untilTrue(() => existsSync(file) && readFileSync(file, 'utf8').trimEnd().endsWith('}'))
    const { ws_host, ws_port } = JSON.parse(readFileSync(file, 'utf8')) as {
      ws_host: string
      ws_port: number
    }
    const socket = new WebSocket(`ws://${ws_host}:${String(ws_port)}/session`)
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
    const remote = new Remote(socket)
    await remote.#command('session.new', { capabilities: {} })
    const { contexts } = (await remote.#command('browsingContext.getTree', {})) as {
      contexts: { context: string }[]
    }
    remote.context = contexts[0]?.context ?? ''
    return remote
  }

  async #command(method: string, params: object): Promise<unknown> {
    const id = ++this.#last
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve))
    this.socket.send(JSON.stringify({ id, method, params }))
    const { type, message, result } = await answered
    if (type === 'error') throw new Error(`${method}: ${message ?? ''}`)
    return result
  }

  async open(url: string): Promise<void> {
    await this.#command('browsingContext.navigate', {
      context: this.context,
      url,
      wait: 'complete',
    })
  }

  /** What an expression of the page comes to; it may be a promise. */
  async ask<T>(expression: string): Promise<T> {
    const done = (await this.#command('script.evaluate', {
      expression: `(async () => JSON.stringify((await (${expression})) ?? null))()`,
      target: { context: this.context },
      awaitPromise: true,
    })) as Evaluated
    if (done.type === 'exception') throw new Error(done.exceptionDetails?.text)
    return JSON.parse(done.result?.value ?? 'null') as T
  }

  /** Waits until an expression of the page is true. */
  async see(expression: string): Promise<void> {
    await untilTrue(() => this.ask<boolean>(`Boolean(${expression})`), expression)
  }

  async type(selector: string, text: string): Promise<void> {
    const field = `document.querySelector(${JSON.stringify(selector)})`
    await this.see(field)
    await this.ask(
      `(${field}.value = ${JSON.stringify(text)}, ${field}.dispatchEvent(new Event('input', { bubbles: true })))`,
    )
  }

  /** Presses the button that says so. */
  async press(words: string): Promise<void> {
    const button = `[...document.querySelectorAll('button')].find((one) => one.textContent.trim() === ${JSON.stringify(words)})`
    await this.see(button)
    await this.ask(`(${button}.click(), true)`)
  }

  close(): void {
    this.socket.terminate()
  }
}

async function untilTrue(look: () => boolean | Promise<boolean>, what = ''): Promise<void> {
  const end = Date.now() + patience
  while (!(await look())) {
    if (Date.now() > end) throw new Error(`never came: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, again))
  }
}
