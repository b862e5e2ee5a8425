import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'

/** What Firefox says to its push service; fields by kind of message. */
interface Said {
  messageType?: string
  channelID?: string
}

export interface Pushed {
  endpoint: string
  headers: IncomingMessage['headers']
  body: Buffer
}

/** A push service for one browser: Firefox's protocol over WebSocket in front, RFC 8030 behind. */
export class PushService {
  readonly pushed: Pushed[] = []
  private readonly channels = new Map<string, string>()
  /** Firefox has said hello. What a page asks of it before its push service is up is never answered. */
  readonly connected: Promise<void>
  private helloSaid: () => void = () => undefined
  private readonly server: Server
  private browser: WebSocket | undefined

  private constructor() {
    this.connected = new Promise((resolve) => (this.helloSaid = resolve))
    this.server = createServer((request, response) => {
      void this.take(request, response)
    })
    const sockets = new WebSocketServer({ server: this.server })
    sockets.on('connection', (socket) => {
      this.browser = socket
      socket.on('message', (data: Buffer) => {
        this.answer(socket, data.toString())
      })
    })
  }

  static async start(): Promise<PushService> {
    const service = new PushService()
    await new Promise<void>((ready) => service.server.listen(0, '127.0.0.1', ready))
    return service
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  stop(): void {
    this.browser?.terminate()
    this.server.close()
    this.server.closeAllConnections()
  }

  private answer(socket: WebSocket, text: string): void {
    const said = JSON.parse(text) as Said
    if (said.messageType === undefined) {
      socket.send('{}')
    } else if (said.messageType === 'hello') {
      this.say({
        messageType: 'hello',
        status: 200,
        uaid: randomUUID().replaceAll('-', ''),
        use_webpush: true,
        broadcasts: {},
      })
      this.helloSaid()
    } else if (said.messageType === 'register' && said.channelID) {
      const path = `/wpush/v2/${randomUUID()}`
      this.channels.set(path, said.channelID)
      const pushEndpoint = `http://127.0.0.1:${String(this.port)}${path}`
      this.say({ messageType: 'register', status: 200, channelID: said.channelID, pushEndpoint })
    } else if (said.messageType === 'unregister' && said.channelID) {
      for (const [path, channel] of this.channels) {
        if (channel === said.channelID) this.channels.delete(path)
      }
      this.say({ messageType: 'unregister', status: 200, channelID: said.channelID })
    }
  }

  private say(message: object): void {
    this.browser?.send(JSON.stringify(message))
  }

  /** RFC 8030, section 5: a message for a subscription is handed on as it is. */
  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = Buffer.concat(parts)
    const channelID = this.channels.get(request.url ?? '')
    if (request.method !== 'POST' || channelID === undefined) {
      response.writeHead(404).end()
      return
    }
    this.pushed.push({ endpoint: request.url ?? '', headers: request.headers, body })
    this.say({
      messageType: 'notification',
      channelID,
      version: randomUUID(),
      ttl: Number(request.headers.ttl),
      data: body.toString('base64url'),
      headers: { encoding: 'aes128gcm' },
    })
    response.writeHead(201, { Location: `/m/${randomUUID()}` }).end()
  }
}
