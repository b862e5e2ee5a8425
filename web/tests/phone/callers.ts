import { until } from '../e2e/api'
import { askPbx } from './line'
import { carrier, carrierPort, desks, freePort, register, sipp, tell, type Sipp } from './sipp'
import { readFileSync, existsSync } from 'node:fs'

/** Somebody outside who calls 12345. */
export class Caller {
  private constructor(
    readonly number: string,
    private readonly port: number,
    private readonly call: Sipp,
  ) {}

  static calls(number: string): Caller {
    const port = freePort()
    const more = ['-m', '1', '-cid_str', `caller-${number}`]
    const rows = [`${number};`]
    return new Caller(
      number,
      port,
      sipp({ scenario: 'caller', address: carrier, port, rows, more }),
    )
  }

  press(key: '1' | '4' | '9'): Promise<void> {
    return tell(carrier, this.port, `caller-${this.number}`, `key ${key}`)
  }
  leaves(): Promise<void> {
    return tell(carrier, this.port, `caller-${this.number}`, 'leave')
  }
  isOnTheLine(): boolean {
    return this.call.process.exitCode === null
  }
  /** Hung up on, or has left; and all of it was proper SIP. */
  async over(): Promise<void> {
    if ((await this.call.ended) !== 0) throw new Error(`${this.number}: ${this.call.trouble()}`)
  }
}

/** What a desk's telephone noted of a call. */
export interface Noted {
  what: 'ring' | 'talk'
  at: number
  callId: string
  extension: string
  caller: string
}

function noted(line: string): Noted[] {
  const [what, , , at, callId = '', extension = '', caller = ''] = line.split(/\s+/)
  if (what !== 'ring' && what !== 'talk') return []
  return [{ what, at: Number(at) * 1000, callId, extension, caller }]
}

export type Habit = 'desk' | 'busy_line' | 'unattended' | 'rejecting'

/** Telephones on desks that all behave alike. */
export class Telephones {
  private constructor(
    readonly port: number,
    private readonly run: Sipp,
    private readonly address = desks,
  ) {}

  static start(habit: Habit, more: string[] = []): Telephones {
    const port = freePort()
    return new Telephones(port, sipp({ scenario: habit, address: desks, port, more }))
  }
  /** Every number there is outside, behind the carrier. */
  static outside(habit: Habit): Telephones {
    const port = carrierPort
    const run = sipp({ scenario: habit, address: carrier, port, more: [] })
    return new Telephones(port, run, carrier)
  }

  /** From now on these extensions ring here. */
  async at(...extensions: string[]): Promise<void> {
    await register(extensions, this.port)
    // The PBX asks a telephone whether it is there before it takes it for that.
    const there = (contacts: string): boolean =>
      extensions.every((one) =>
        new RegExp(`sip:${one}@${desks}:${String(this.port)} .*Avail`).test(contacts),
      )
    await until(() => Promise.resolve(askPbx('pjsip show contacts')), there, 20)
  }

  notes(): Noted[] {
    if (!existsSync(this.run.log)) return []
    return readFileSync(this.run.log, 'utf8').split('\n').flatMap(noted)
  }

  async heard(what: Noted['what'], caller: string, seconds = 10): Promise<Noted> {
    const look = (): Promise<Noted | undefined> =>
      Promise.resolve(this.notes().findLast((one) => one.what === what && one.caller === caller))
    const found = await until(look, (one) => one !== undefined, seconds)
    if (!found) throw new Error(`no ${what} of ${caller}`)
    return found
  }

  hangsUp({ callId }: Noted): Promise<void> {
    return tell(this.address, this.port, callId, 'leave')
  }

  trouble(): string {
    return this.run.trouble()
  }
  stop(): void {
    this.run.process.kill('SIGKILL')
  }
}
