import { networkProblem, toProblem } from '../api/problem'
import { noteAnswer, unsafeHeaders, type Result } from '../api/client'

/** How much of a body has left, 0 to 1. */
export type OnShare = (share: number) => void

export type Sent<T> = Result<T>

function problemIn(request: XMLHttpRequest): unknown {
  try {
    return JSON.parse(request.responseText)
  } catch {
    return undefined
  }
}

/** Posts the bytes as they are. Not `fetch`, which does not say how far it has come. */
export function sendFile<T>(
  address: string,
  body: Blob,
  onShare: OnShare,
  /** Given up after so long, ms; 0: as long as the browser likes. */
  patience = 0,
): Promise<Sent<T>> {
  return new Promise((done) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/v1${address}`)
    request.timeout = patience
    for (const [name, value] of Object.entries(unsafeHeaders())) {
      request.setRequestHeader(name, value)
    }
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0)
    request.onerror = request.ontimeout = () => done({ ok: false, problem: networkProblem() })
    request.onload = () => {
      noteAnswer(request.status)
      const response = new Response(null, {
        status: request.status,
        headers: { 'Retry-After': request.getResponseHeader('Retry-After') ?? '' },
      })
      const body = problemIn(request)
      if (response.ok) done({ ok: true, data: body as T, response })
      else done({ ok: false, problem: toProblem(body, response), response })
    }
    request.send(body)
  })
}

const encoded = (query: Record<string, string>): string => new URLSearchParams(query).toString()

export const ticketFiles = (ticketNo: string): string =>
  `/tickets/${encodeURIComponent(ticketNo)}/attachments`
export const appealFiles = (ticketNo: string): string =>
  `/appeals/${encodeURIComponent(ticketNo)}/attachments`

export const uploadToTicket = (ticketNo: string, name: string, internal: boolean): string =>
  `${ticketFiles(ticketNo)}?${encoded({ name, internal: String(internal) })}`

export const uploadToAppeal = (ticketNo: string, code: string, name: string): string =>
  `${appealFiles(ticketNo)}?${encoded({ code, name })}`

/** Where the browser finds a file: `base` from above, `query` with the code where one is needed. */
export const fileAddress = (base: string, id: number, preview: boolean, code?: string): string =>
  `/api/v1${base}/${id}${preview ? '/preview' : ''}${code === undefined ? '' : `?${encoded({ code })}`}`
