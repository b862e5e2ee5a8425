import { randomUUID } from 'node:crypto'
import type { components } from '../../../src/shared/api/schema'
import { rows } from '../../api/setup/instance'
import { clientOf } from '../api'
import { baseUrl } from '../environment'

type CtiEvent = components['schemas']['CtiEvent']
type CallDetail = components['schemas']['CallDetail']

/**
 * A seeded enterprise of a county and its number, which nobody else has. A telephone knows it in
 * clear; the server tells it to no one, so it is read past the server.
 */
export function callableEnterprise(division: string): { name: string; number: string } {
  const [found] = rows(
    `SELECT MIN(name), phone FROM enterprise WHERE phone REGEXP '^[0-9]{7,12}$'
     GROUP BY phone HAVING COUNT(*) = 1 AND MIN(division) = '${division}' LIMIT 1`,
  )
  const [name, number] = found ?? []
  if (!name || !number) throw new Error(`no enterprise with a number of its own in ${division}`)
  return { name, number }
}

/** A call platform: posts events with a token of its own, as any vendor's would. */
export async function callPlatform() {
  const source = `e2e-${randomUUID().slice(0, 8)}`
  const admin = await clientOf('admin')
  const { token } = await admin.send<{ token: string }>('POST', '/admin/tokens', {
    name: source,
    scope: 'cti',
    days: 1,
  })

  async function tell<T>(what: string, body: unknown, status: number): Promise<T> {
    const answer = await fetch(`${baseUrl}/api/v1/cti/${what}`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        'X-Cti-Source': source,
      },
      body: JSON.stringify(body),
    })
    if (answer.status !== status) throw new Error(`${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as T
  }

  const post = (event: Pick<CtiEvent, 'type' | 'call_id'> & Partial<CtiEvent>) =>
    tell<{ accepted: number; duplicates: number }>(
      'events',
      [{ event_id: randomUUID(), occurred_at: new Date().toISOString(), ...event }],
      202,
    )

  /** Its own books of a time that is over. */
  const postBooks = (from: Date, until: Date, calls: readonly CallDetail[]) =>
    tell<Record<string, number>>('details', { from, until, calls }, 200)

  /** Rings at an extension; the id of the call. */
  async function ring(ani: string, agent: string): Promise<string> {
    const call_id = randomUUID()
    await post({ type: 'call.ringing', call_id, ani, agent, direction: 'in', dnis: '12345' })
    return call_id
  }
  return { source, post, postBooks, ring }
}
