import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { rows } from '../../api/setup/instance'

interface Taken {
  service_request_id: string
  form: URLSearchParams
  status: 'open' | 'closed'
  status_notes: string
}

/** A system of another office with GeoReport v2, in JSON: takes requests, tells how they stand, is away, refuses. */
export class PartnerSystem {
  readonly taken: Taken[] = []
  /** Said to every request from now on. */
  refusal: string | undefined
  #port = 0
  #server: Server | undefined

  get url(): string {
    return `http://127.0.0.1:${this.#port}/v2`
  }

  /** Under the same address again, when it was away. */
  async come(): Promise<void> {
    this.#server = createServer((request, response) => void this.#answer(request, response))
    this.#server.listen(this.#port, '127.0.0.1')
    await once(this.#server, 'listening')
    this.#port = (this.#server.address() as AddressInfo).port
  }

  async leave(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    if (!server) return
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url)
    let body = ''
    for await (const part of request) body += String(part)
    const [status, answer] =
      request.method === 'POST' ? this.#take(new URLSearchParams(body)) : [200, this.#tell(url)]
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer))
  }

  #take(form: URLSearchParams): [number, object] {
    if (this.refusal) return [400, [{ code: 400, description: this.refusal }]]
    const service_request_id = `CG-${1001 + this.taken.length}`
    this.taken.push({ service_request_id, form, status: 'open', status_notes: '' })
    return [201, [{ service_request_id, service_notice: '三日内到现场' }]]
  }

  #tell(url: URL): object {
    if (url.pathname.endsWith('/services.json'))
      return [{ service_code: 'DL01', service_name: '道路设施损坏', type: 'realtime' }]
    const asked = url.searchParams.get('service_request_id')?.split(',')
    return this.taken
      .filter(({ service_request_id }) => asked?.includes(service_request_id) ?? true)
      .map(({ form, ...rest }) => ({ ...rest, description: form.get('description') }))
  }
}

/** What waits for the other system has its turn now, as if its time had come. */
export function handoverIsDue(ticketNo: string): void {
  rows(
    `UPDATE partner SET paused_until = NULL;
     UPDATE handover h JOIN ticket t ON t.id = h.ticket_id
     SET h.next_at = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE t.number = '${ticketNo}'`,
  )
}
