import { watch } from 'vue'
import { browser } from './browser'
import { useTelephone } from './telephone'

/**
 * One's telephone. A talk on it goes on while its agent has to log in again; it is no other's, and dies with the page.
 */
const telephone = useTelephone(browser)
let owner: number | undefined
let attended = false

const ask = (event: BeforeUnloadEvent) => event.preventDefault()
watch(
  () => telephone.call.value !== undefined,
  (there) => {
    ;(there ? addEventListener : removeEventListener)('beforeunload', ask)
    if (!there && !attended) telephone.stop()
  },
  { flush: 'sync' },
)
addEventListener('pagehide', () => telephone.stop())

/** From now on somebody sees to it. */
export function takeUp(userId: number) {
  if (owner !== userId) telephone.stop()
  owner = userId
  attended = true
  return telephone
}

export function layDown(): void {
  attended = false
  // Nobody could take what rings any more.
  if (telephone.call.value?.state !== 'talking') telephone.stop()
}
