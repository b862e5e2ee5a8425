import { api, result } from '@/shared/api/client'
import { keep, kept } from '@/shared/kept'
import type { Means, Trouble } from './telephone'

const storageKey = 'qp.softphone'
const lockName = 'hotline-telephone'

/** Whether calls are to be taken in this browser, as it was chosen here. */
export const remembered = (): boolean => kept(storageKey) === 'on'

export const remember = (on: boolean): void => keep(storageKey, on ? 'on' : 'off')

async function microphone(): Promise<Trouble | undefined> {
  // A page that did not come over https has none.
  const { mediaDevices, locks } = navigator as Partial<Navigator>
  if (!mediaDevices || !locks) return 'insecure'
  try {
    const stream = await mediaDevices.getUserMedia({ audio: true })
    for (const track of stream.getTracks()) track.stop()
    return undefined
  } catch (error) {
    const refused = error instanceof DOMException && error.name === 'NotAllowedError'
    return refused ? 'blocked' : 'no_microphone'
  }
}

function hold(signal: AbortSignal, held: () => void, waits: () => void): void {
  const { locks } = navigator as Partial<Navigator>
  if (!locks) return held()
  const keep = () =>
    new Promise<void>((done) => {
      signal.addEventListener('abort', () => done())
      held()
    })
  void locks.request(lockName, { ifAvailable: true }, (lock) => {
    if (signal.aborted) return
    if (lock) return keep()
    waits()
    // Whoever switches off meanwhile waits no more.
    void locks.request(lockName, { signal }, keep).catch(() => undefined)
  })
}

/** The browser and the server as a telephone needs them. */
export const browser: Means = {
  microphone,
  hold,
  async signIn() {
    const answer = await result(api.POST('/agents/me/softphone'))
    return answer.ok ? answer.data : undefined
  },
  open: async (by, hears) => (await import('./line')).openLine(by, hears),
}

export async function isOffered(): Promise<boolean> {
  const answer = await result(api.GET('/agents/me/softphone'))
  return answer.ok && answer.data.offered
}
