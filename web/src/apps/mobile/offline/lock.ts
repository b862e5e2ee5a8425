import { newKey } from '@/shared/api/idempotency'
import { shelf } from './shelf'

const name = 'qp-outbox'
const me = newKey()
/** A page that was killed gives its turn back after this long, ms. */
const lease = 45_000

interface Turn {
  owner: string
  until: number
}

async function takeTurn(): Promise<boolean> {
  const drawer = await shelf()
  const turn = await drawer.update<Turn>('kept', name, (held) => {
    const free = !held || held.owner === me || held.until <= Date.now()
    return free ? { owner: me, until: Date.now() + lease } : held
  })
  return turn.owner === me
}

/** Locks are for secure pages only; elsewhere a note in the store says whose turn it is. */
async function byTurns(work: (renew: () => Promise<boolean>) => Promise<void>): Promise<boolean> {
  if (!(await takeTurn())) return false
  try {
    await work(takeTurn)
  } finally {
    await (await shelf()).batch([{ store: 'kept', key: name }])
  }
  return true
}

/**
 * Runs `work` unless another page of this browser is at it; false when one is. `renew` says before
 * each step whether it is still this page's turn.
 */
export async function alone(
  work: (renew: () => Promise<boolean>) => Promise<void>,
): Promise<boolean> {
  const locks = (navigator as Partial<Navigator>).locks
  if (!locks) return byTurns(work)
  return locks.request(name, { ifAvailable: true }, async (lock) => {
    if (!lock) return false
    await work(() => Promise.resolve(true))
    return true
  })
}
