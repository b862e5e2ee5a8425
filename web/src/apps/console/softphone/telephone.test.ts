import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { hangUpHere } from './here'
import { useTelephone, type Hears, type Means, type Session, type Trouble } from './telephone'

const by = { url: 'wss://pbx.example/ws', domain: 'pbx.example', extension: '8004', password: 'p' }

/** An exchange, a browser and a server that do as they are told. */
function world() {
  const done: string[] = []
  let hears: Hears | undefined
  let free: (() => void) | undefined
  const its = {
    done,
    trouble: undefined as Trouble | undefined,
    offersPassword: true,
    opens: true,
    taken: false,
    get hears(): Hears {
      if (!hears) throw new Error('no line is open')
      return hears
    },
    giveUpOther: () => free?.(),
    session(name: string): Session {
      return {
        answer: () => done.push(`answer ${name}`),
        end: () => done.push(`end ${name}`),
        mute: (on) => done.push(`${on ? 'mute' : 'unmute'} ${name}`),
      }
    },
  }
  const means: Means = {
    async microphone() {
      done.push('microphone')
      return its.trouble
    },
    async signIn() {
      done.push('sign in')
      return its.offersPassword ? by : undefined
    },
    async open(_, told) {
      done.push('open')
      if (!its.opens) throw new TypeError('Failed to fetch dynamically imported module')
      hears = told
      return { close: () => done.push('close') }
    },
    hold(signal, held, waits) {
      free = () => !signal.aborted && held()
      if (its.taken) waits()
      else held()
    },
  }
  return { its, telephone: useTelephone(means) }
}

const settle = () => vi.advanceTimersByTimeAsync(0)

describe('a telephone in the browser', () => {
  let { its, telephone } = world()
  beforeEach(() => {
    vi.useFakeTimers()
    ;({ its, telephone } = world())
  })
  afterEach(() => {
    telephone.stop()
    vi.useRealTimers()
  })

  async function registered() {
    telephone.start()
    await settle()
    its.hears.registered()
    its.done.length = 0
  }

  it('T55: asks for the microphone when it is switched on, then signs in', async () => {
    expect(telephone.isOn.value).toBe(false)
    telephone.start()
    expect(telephone.standing.value).toBe('starting')
    await settle()
    expect(its.done).toEqual(['microphone', 'sign in', 'open'])
    its.hears.registered()
    expect(telephone.standing.value).toBe('registered')
    telephone.stop()
    expect(its.done.at(-1)).toBe('close')
    expect([telephone.standing.value, telephone.isOn.value]).toEqual(['off', false])
  })

  it('T55: is off where there is no microphone to be had, and says why', async () => {
    for (const trouble of ['blocked', 'no_microphone', 'insecure'] as const) {
      its.trouble = trouble
      telephone.start()
      await settle()
      expect([telephone.standing.value, telephone.isOn.value]).toEqual([trouble, false])
    }
    expect(its.done).not.toContain('open')
    its.trouble = undefined
    await registered()
    its.hears.rings(its.session('a'))
    its.hears.deaf()
    expect([telephone.standing.value, telephone.call.value]).toEqual(['no_microphone', undefined])
  })

  it('T56: one page alone has it; the next has it when that one gives it up', async () => {
    its.taken = true
    telephone.start()
    await settle()
    expect([telephone.standing.value, telephone.isOn.value]).toEqual(['elsewhere', true])
    expect(its.done).toEqual([])
    its.giveUpOther()
    await settle()
    expect(its.done).toContain('open')
    telephone.stop()
    telephone.start()
    telephone.stop()
    its.giveUpOther()
    await settle()
    expect(telephone.standing.value).toBe('off')
  })

  it('T58: signs in anew, with the password of then, when it is refused', async () => {
    await registered()
    its.hears.refused()
    expect(telephone.standing.value).toBe('refused')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(its.done).toEqual(['close', 'sign in', 'open'])
    its.hears.lost()
    expect(telephone.standing.value).toBe('lost')
    its.hears.registered()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(its.done).toHaveLength(3)
  })

  it('T58: stays cut off, and opens a new line by what it signed in with: each asking is audited', async () => {
    await registered()
    its.hears.lost()
    await vi.advanceTimersByTimeAsync(30_000)
    expect(its.done).toEqual(['close', 'open'])
  })

  it('T58: tries again when what speaks with the exchange cannot be loaded', async () => {
    its.opens = false
    telephone.start()
    await settle()
    expect(telephone.standing.value).toBe('lost')
    its.opens = true
    await vi.advanceTimersByTimeAsync(30_000)
    expect(its.done).toEqual(['microphone', 'sign in', 'open', 'open'])
  })

  it('T58: tries again while the server gives no password', async () => {
    its.offersPassword = false
    telephone.start()
    await settle()
    expect(telephone.standing.value).toBe('lost')
    its.offersPassword = true
    await vi.advanceTimersByTimeAsync(30_000)
    expect(its.done).toEqual(['microphone', 'sign in', 'sign in', 'open'])
  })

  it('T58: a talk goes on while it is cut off from the exchange', async () => {
    await registered()
    const caller = its.session('a')
    its.hears.rings(caller)
    telephone.answer()
    its.hears.talks(caller)
    its.hears.lost()
    await vi.advanceTimersByTimeAsync(90_000)
    expect(its.done).toEqual(['answer a'])
    expect(telephone.call.value?.state).toBe('talking')
    its.hears.over(caller)
    await vi.advanceTimersByTimeAsync(30_000)
    expect(its.done).toEqual(['answer a', 'close', 'open'])
  })

  it('rings, is answered once, muted, and hung up by whoever shows a button for it', async () => {
    await registered()
    const caller = its.session('a')
    its.hears.rings(caller)
    expect(telephone.call.value?.state).toBe('ringing')
    telephone.mute()
    telephone.answer()
    telephone.answer()
    expect(its.done).toEqual(['answer a'])
    its.hears.talks(caller)
    telephone.mute()
    expect(telephone.call.value?.muted).toBe(true)
    telephone.mute()
    hangUpHere.value?.()
    expect(its.done).toEqual(['answer a', 'mute a', 'unmute a', 'end a'])
    its.hears.over(caller)
    expect([telephone.call.value, hangUpHere.value]).toEqual([undefined, undefined])
  })

  it('is busy for a second call, whose end is not the first one’s', async () => {
    await registered()
    const first = its.session('a')
    const second = its.session('b')
    its.hears.rings(first)
    its.hears.rings(second)
    its.hears.over(second)
    its.hears.talks(second)
    expect(its.done).toEqual(['end b'])
    expect(telephone.call.value).toMatchObject({ session: first, state: 'ringing' })
  })

  it('closes a line that was opened while it was being switched off', async () => {
    telephone.start()
    await Promise.resolve()
    telephone.stop()
    await settle()
    expect(its.done.filter((one) => one === 'open')).toHaveLength(
      its.done.filter((one) => one === 'close').length,
    )
    expect(telephone.standing.value).toBe('off')
  })
})
