import { computed, shallowRef } from 'vue'
import { hangUpHere } from './here'

export type Trouble = 'no_microphone' | 'blocked' | 'insecure'
export type Standing =
  | 'off'
  /** Another page of this browser has the telephone. */
  | 'elsewhere'
  | 'starting'
  | 'registered'
  /** Not signed in, and trying to be. */
  | 'lost'
  /** The exchange does not know it, or not by this password. */
  | 'refused'
  | Trouble

export interface SignIn {
  url: string
  domain: string
  extension: string
  password: string
}

/** A call at the telephone. */
export interface Session {
  answer: () => void
  /** Rejects what rings, hangs up what is spoken on. */
  end: () => void
  mute: (on: boolean) => void
}

/** What a line tells. */
export interface Hears {
  registered: () => void
  refused: () => void
  lost: () => void
  rings: (session: Session) => void
  talks: (session: Session) => void
  over: (session: Session) => void
  /** There was no microphone to speak into. */
  deaf: () => void
}

export interface Line {
  /** Ends its call and signs out; it tells nothing after that. */
  close: () => void
}

/** What a telephone needs of the world around it. */
export interface Means {
  /** Asks for it, and lets it go again: it is taken during calls alone. */
  microphone: () => Promise<Trouble | undefined>
  /** Undefined: not to be had now. */
  signIn: () => Promise<SignIn | undefined>
  open: (by: SignIn, hears: Hears) => Promise<Line>
  /** Until `signal`, no two pages hold at a time; this one is told when it is its turn, and that it has to wait. */
  hold: (signal: AbortSignal, held: () => void, waits: () => void) => void
}

export interface Call {
  session: Session
  state: 'ringing' | 'answering' | 'talking'
  muted: boolean
}

/** Cut off, it opens a new line; refused, it asks for the password of then: it may have been changed. */
const againAfter = { lost: 30_000, refused: 60_000 }

const switchedOff: readonly Standing[] = ['off', 'no_microphone', 'blocked', 'insecure']

export function useTelephone(means: Means) {
  const standing = shallowRef<Standing>('off')
  const call = shallowRef<Call>()
  const isOn = computed(() => !switchedOff.includes(standing.value))
  let until: AbortController | undefined
  let line: Line | undefined
  /** What it signed in by: asked for again only when that was refused, since each asking is audited. */
  let known: SignIn | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function setCall(next: Call | undefined): void {
    call.value = next
    hangUpHere.value = next && hangUp
  }

  function closeLine(): void {
    clearTimeout(timer)
    line?.close()
    line = undefined
    setCall(undefined)
  }

  function stop(as: Standing = 'off'): void {
    until?.abort()
    until = undefined
    known = undefined
    closeLine()
    standing.value = as
  }

  function again(as: 'lost' | 'refused'): void {
    standing.value = as
    if (as === 'refused') known = undefined
    clearTimeout(timer)
    timer = setTimeout(() => (call.value ? again(as) : void connect()), againAfter[as])
  }

  const hears: Hears = {
    registered() {
      clearTimeout(timer)
      standing.value = 'registered'
    },
    refused: () => again('refused'),
    lost: () => again('lost'),
    rings(session) {
      if (call.value) session.end()
      else setCall({ session, state: 'ringing', muted: false })
    },
    talks(session) {
      if (call.value?.session === session) setCall({ ...call.value, state: 'talking' })
    },
    over(session) {
      if (call.value?.session === session) setCall(undefined)
    },
    deaf: () => stop('no_microphone'),
  }

  async function connect(): Promise<void> {
    const signal = until?.signal
    if (!signal) return
    closeLine()
    standing.value = 'starting'
    known ??= await means.signIn()
    if (signal.aborted) return
    // The part of the page that speaks with the exchange may be out of reach as well.
    const opened = known && (await means.open(known, hears).catch(() => undefined))
    if (signal.aborted) opened?.close()
    else if (opened) line = opened
    else again('lost')
  }

  async function begin(signal: AbortSignal): Promise<void> {
    standing.value = 'starting'
    const trouble = await means.microphone()
    if (signal.aborted) return
    if (trouble) stop(trouble)
    else await connect()
  }

  function start(): void {
    stop('starting')
    const mine = (until = new AbortController())
    const waits = () => {
      if (!mine.signal.aborted) standing.value = 'elsewhere'
    }
    means.hold(mine.signal, () => void begin(mine.signal), waits)
  }

  function answer(): void {
    if (call.value?.state !== 'ringing') return
    setCall({ ...call.value, state: 'answering' })
    call.value.session.answer()
  }

  function hangUp(): void {
    call.value?.session.end()
  }

  function mute(): void {
    if (call.value?.state !== 'talking') return
    setCall({ ...call.value, muted: !call.value.muted })
    call.value.session.mute(call.value.muted)
  }

  return { standing, call, isOn, start, stop, answer, hangUp, mute }
}

export type Telephone = ReturnType<typeof useTelephone>
