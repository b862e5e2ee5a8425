import { spawn, type ChildProcess } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { needed } from '../e2e/environment'

const scenarios = fileURLToPath(new URL('../../../tests/phone/sipp/', import.meta.url))
const pbx = '127.0.0.1:5060'

/** Where everything of a run is written to. */
export const folder = needed('PHONE_FOLDER')

/** What telephones say, by the names the scenarios have for it. */
const sounds = ['speech', 'key_1', 'key_4', 'key_9'].flatMap((name) => [
  ...['-key', name, join(folder, `${name}.pcap`)],
])

/** Where calls come from: the carrier of the PBX's sample configuration. */
export const carrier = '192.0.2.10'
/** Where it takes calls. */
export const carrierPort = 5070
export const desks = '127.0.0.3'

let lastPort = 6000
/** Signalling ports go up one by one, those for speech by ten, from 30000. */
export const freePort = (): number => ++lastPort
const speechPort = (port: number): number => 30_000 + (port - 6000) * 10

export interface Sipp {
  process: ChildProcess
  /** Its code; 0 when every call went as in the scenario. */
  ended: Promise<number>
  log: string
  /** What did not go as in the scenario. */
  trouble: () => string
}

export interface Start {
  scenario: string
  address: string
  port: number
  rows?: string[]
  more?: string[]
}

/** That a telephone answers the PBX's "are you there?" by itself is noted as if it were an error. */
const troubleIn = (text: string): string =>
  text
    .split(/(?=^.*occurred:$|\d{4}-\d\d-\d\d\t)/m)
    .filter((part) => !/Automatic response mode|events occurred:\s*$/.test(part))
    .join('')

let started = 0
const running = new Set<ChildProcess>()

export function sipp({ scenario, address, port, rows, more = [] }: Start): Sipp {
  const name = join(folder, `${String(++started)}-${scenario}`)
  const log = `${name}.log`
  if (rows) writeFileSync(`${name}.csv`, ['SEQUENTIAL', ...rows].join('\n') + '\n')
  const words = [
    ...['-sf', join(scenarios, `${scenario}.xml`), '-i', address, '-p', String(port)],
    ...['-mi', address, '-mp', String(speechPort(port))],
    ...['-nostdin', '-aa', '-trace_logs', '-log_file', log, '-buff_size', '1000000'],
    ...sounds,
    ...['-trace_err', '-error_file', `${name}.err`, ...(rows ? ['-inf', `${name}.csv`] : [])],
    ...more,
    pbx,
  ]
  const process = spawn('sipp', words, { stdio: 'ignore' })
  running.add(process)
  const ended = new Promise<number>((resolve) => {
    process.on('exit', (code) => {
      running.delete(process)
      resolve(code ?? -1)
    })
  })
  const trouble = (): string =>
    existsSync(`${name}.err`) ? troubleIn(readFileSync(`${name}.err`, 'utf8')) : ''
  return { process, ended, log, trouble }
}

export function endAll(): void {
  for (const one of running) one.kill('SIGKILL')
}

/** A word to one call of a sipp, in its own dialogue: scenarios wait for it. */
export async function tell(address: string, port: number, callId: string, word: string) {
  const socket = createSocket('udp4')
  const message = [
    `MESSAGE sip:call@${address} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.9:9;branch=z9hG4bK${String(Date.now())}`,
    ...['From: <sip:test@127.0.0.9>;tag=t', `To: <sip:call@${address}>`, `Call-ID: ${callId}`],
    ...['CSeq: 1 MESSAGE', 'Content-Type: text/plain', `Content-Length: ${String(word.length)}`],
    ...['', word],
  ].join('\r\n')
  await new Promise((sent) => socket.send(message, port, address, sent))
  socket.close()
}

/** Signs telephones in at the PBX, so that it calls them where they are now. */
export async function register(extensions: readonly string[], port: number): Promise<void> {
  const password = needed('PHONE_PASSWORD')
  const rows = extensions.map(
    (one) =>
      `${one};[authentication username=${one} password=${password}];${desks}:${String(port)}`,
  )
  const more = ['-m', String(rows.length), '-timeout', '20', '-timeout_error']
  const run = sipp({ scenario: 'register', address: desks, port: freePort(), rows, more })
  if ((await run.ended) !== 0) throw new Error(`not registered: ${run.trouble()}`)
}
