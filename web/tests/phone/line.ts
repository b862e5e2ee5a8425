import { execFileSync } from 'node:child_process'
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import type { components } from '../../src/shared/api/schema'
import { clientOf, until, type Client } from '../e2e/api'
import { baseUrl, needed } from '../e2e/environment'

type Schemas = components['schemas']
export type Call = Schemas['Call']
export type Standing = Schemas['AgentStanding']

/** A change of a call or an agent, as his page is told of it. */
export interface Heard {
  at: number
  type: string
  data: { call_id?: string; state?: string; ani?: string }
}

interface LiveFrame {
  type?: string
  data?: Heard['data']
}

/** What a page with the calls' feed hears. */
async function listen(client: Client, hear: (one: Heard) => void): Promise<WebSocket> {
  const { ticket } = await client.send<{ ticket: string }>('POST', '/live/ticket')
  const url = `${baseUrl.replace(/^http/, 'ws')}/api/v1/live?ticket=${ticket}`
  const socket = new WebSocket(url, { origin: baseUrl })
  await new Promise<void>((ready, failed) => {
    socket.on('error', failed)
    socket.on('open', () => {
      socket.send(JSON.stringify({ op: 'subscribe', topics: ['calls'], lines: true }))
    })
    socket.on('message', (data: Buffer) => {
      const at = Date.now()
      for (const line of data.toString().split('\n')) {
        const frame = JSON.parse(line) as LiveFrame & { op?: string }
        if (frame.op === 'subscribed') ready()
        if (frame.type && frame.data) hear({ at, type: frame.type, data: frame.data })
      }
    })
  })
  return socket
}

/** An agent at his desk: what he asks for, and what his page is told. */
export class Agent {
  readonly heard: Heard[] = []
  /** What he does on it. */
  hears: (one: Heard) => void = () => undefined
  private constructor(readonly client: Client) {}

  static async logsIn(who: string): Promise<Agent> {
    return Agent.of(await clientOf(who))
  }
  static async of(client: Client): Promise<Agent> {
    const agent = new Agent(client)
    await listen(client, (one) => {
      agent.heard.push(one)
      agent.hears(one)
    })
    return agent
  }

  get extension(): string {
    return this.client.me.user.extension ?? ''
  }
  standing(): Promise<Standing> {
    return this.client.get('/agents/me')
  }
  ready(): Promise<Standing> {
    return this.client.send('POST', '/agents/me/state', { state: 'ready' })
  }
  away(): Promise<Standing> {
    return this.client.send('POST', '/agents/me/state', { state: 'not_ready', reason: 'rest' })
  }
  /** Waits until he stands there. */
  comesTo(state: Standing['state'], seconds = 10): Promise<Standing> {
    return until(
      () => this.standing(),
      (seen) => seen.state === state,
      seconds,
    )
  }
  /** When his page was first told of a call of this number. */
  toldOf(number: string): number | undefined {
    return this.heard.find(({ type, data }) => type === 'call_changed' && data.ani === number)?.at
  }
}

let lead: Promise<Client> | undefined

/** The latest calls first, as the shift lead sees them. */
export async function lastCalls(): Promise<Call[]> {
  lead ??= clientOf('supervisor')
  return (await (await lead).get<{ items: Call[] }>('/calls?limit=100')).items
}

/** All calls of a number. */
export async function callsOf(number: string): Promise<Call[]> {
  return (await lastCalls()).filter(({ ani }) => ani === number)
}

/** Waits until the records have the call there; what they have. */
export async function callIs(
  number: string,
  wanted: (call: Call) => boolean,
  seconds = 10,
): Promise<Call> {
  const look = async () => (await callsOf(number))[0]
  const found = await until(look, (call) => call !== undefined && wanted(call), seconds)
  if (!found) throw new Error(`no call of ${number}`)
  return found
}

const root = needed('PHONE_PBX')

/** What the PBX says to a word of its console. */
export function askPbx(word: string): string {
  return execFileSync('chroot', [root, 'asterisk', '-rx', word], { encoding: 'utf8' })
}

/** How many legs of callers and telephones there are; of one extension. */
export function legs(extension = ''): number {
  const listed = askPbx('core show channels concise').split('\n')
  return listed.filter((line) => line.startsWith(`PJSIP/${extension}`)).length
}

/** The console's log of the PBX, from the beginning. */
export const pbxLog = (): string => readFileSync(join(needed('PHONE_FOLDER'), 'pbx.log'), 'utf8')

/** Waits until the PBX plays a sentence that it did not play before `from`, a length of its log: it may come behind two others. */
export async function said(sentence: string, from: number, seconds = 40): Promise<void> {
  const words = `Playing 'hotline/${sentence}.`
  const look = (): Promise<boolean> => Promise.resolve(pbxLog().slice(from).includes(words))
  await until(look, (played) => played, seconds)
}

/** A row of the table that the run ends with. */
export function note(what: string, came: string): void {
  appendFileSync(join(needed('PHONE_FOLDER'), 'results'), `| ${what} | ${came} |\n`)
}

/** The PBX's own books since then, held against the records; what came of it, in a sentence. */
export const compareBooks = (since: number): string =>
  execFileSync(
    needed('PHONE_SERVER'),
    [
      ...['--config', needed('E2E_CONFIG'), 'compare-calls'],
      join(needed('PHONE_PBX'), 'var/log/asterisk/cdr-csv/Master.csv'),
      ...['--from', new Date(since).toISOString(), '--until', new Date().toISOString()],
    ],
    { encoding: 'utf8' },
  ).trim()
