import { onScopeDispose, readonly, ref } from 'vue'

interface Sample {
  offset: number
  roundTrip: number
  at: number
}

const keep = 8
const staleAfter = 10 * 60_000
/** More than two honest samples can differ by, for a clock that runs a little fast or slow. */
const slack = 250

/**
 * The server's clock seen from here. Each answer tells the time at which it was made; the sample
 * with the shortest round trip bounds the error best (as in NTP), older ones fade out.
 */
export class ServerClock {
  #samples: Sample[] = []

  constructor(private readonly localNow: () => number = () => Date.now()) {}

  /** `serverTime` as the answer said it, ms; the local times when asked and answered. */
  observe(serverTime: number, askedAt: number, answeredAt: number): void {
    if (!Number.isFinite(serverTime) || answeredAt < askedAt) return
    const sample = {
      offset: serverTime - (askedAt + answeredAt) / 2,
      roundTrip: answeredAt - askedAt,
      at: answeredAt,
    }
    // One that contradicts the newest was taken before this machine's clock was set anew.
    const fresh = this.#samples.filter(
      (old) =>
        answeredAt - old.at < staleAfter &&
        Math.abs(old.offset - sample.offset) <= (old.roundTrip + sample.roundTrip) / 2 + slack,
    )
    this.#samples = [...fresh, sample].slice(-keep)
  }

  get offset(): number {
    const best = this.#samples.reduce<Sample | undefined>(
      (least, sample) => (!least || sample.roundTrip < least.roundTrip ? sample : least),
      undefined,
    )
    return best?.offset ?? 0
  }

  now(): number {
    return this.localNow() + this.offset
  }
}

/** The one clock of the page: fed by the API client, read by countdowns. */
export const serverClock = new ServerClock()

const tick = ref(serverClock.now())
let users = 0
let timer: ReturnType<typeof setInterval> | undefined

/** Server time as a reactive number that moves once a second, while anybody looks at it. */
export function useNow() {
  if (users++ === 0) {
    tick.value = serverClock.now()
    timer = setInterval(() => (tick.value = serverClock.now()), 1000)
  }
  onScopeDispose(() => {
    if (--users === 0) clearInterval(timer)
  })
  return readonly(tick)
}
