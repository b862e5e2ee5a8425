import { createHash, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { needed } from '../e2e/environment'

/** The one certificate besides public ones that the test's browser believes. */
function pbxKey(): string {
  const pem = readFileSync(join(needed('PHONE_PBX'), 'etc/asterisk/keys/pbx.pem'))
  const key = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(key).digest('base64')
}

/** A microphone that beeps once a second, and a telephone exchange in its network. */
export const flags = [
  '--use-fake-device-for-media-stream',
  // An engine without windows cannot ask whether a page may use it.
  '--use-fake-ui-for-media-stream',
  `--ignore-certificate-errors-spki-list=${pbxKey()}`,
]

/** Keeps every connection the page makes: of speech, to be asked what went over it, of signalling, to be cut. */
export const keepsConnections = `
  const connections = (window.connections = [])
  const sockets = (window.sockets = [])
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given)
      sockets.push(this)
    }
  }
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...given) {
      super(...given)
      connections.push(this)
    }
  }`

/** Cuts the page off from the exchange, once. */
export async function cut(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { sockets } = window as unknown as { sockets: WebSocket[] }
    sockets.findLast(({ url }) => url.startsWith('wss:'))?.close()
  })
}

export interface Heard {
  received: number
  sent: number
  lost: number
  /** What was heard in all, as energy: silence has none. */
  energy: number
}

/** What has gone over the latest connection until now. */
export function wire(page: Page): Promise<Heard> {
  return page.evaluate(async () => {
    const { connections } = window as unknown as { connections: RTCPeerConnection[] }
    const stats = await connections.at(-1)?.getStats()
    const told = { received: 0, sent: 0, lost: 0, energy: 0 }
    for (const one of (stats?.values() ?? []) as Iterable<Record<string, unknown>>) {
      if (one.type === 'inbound-rtp') {
        told.received = Number(one.packetsReceived)
        told.lost = Number(one.packetsLost)
        told.energy = Number(one.totalAudioEnergy)
      }
      if (one.type === 'outbound-rtp') told.sent = Number(one.packetsSent)
    }
    return told
  })
}
