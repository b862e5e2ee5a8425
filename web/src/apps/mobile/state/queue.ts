import { shallowRef } from 'vue'
import type { Queued } from '../offline/queued'

/** What waits on this phone to be sent, in the order of the taps; of whoever used it. `offline/` keeps it. */
export const queue = shallowRef<readonly Queued[]>([])
