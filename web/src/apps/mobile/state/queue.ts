import { computed, ref, shallowRef } from 'vue'
import { me } from '@/shared/api/session'
import type { Ticket } from '@/shared/ticket/types'
import type { Queued } from '../offline/queued'

/** What waits on this phone to be sent, in the order of the taps; of whoever used it. `offline/` keeps it. */
export const queue = shallowRef<readonly Queued[]>([])

/** What the one who is logged in has tapped. */
export const own = computed(() => queue.value.filter(({ user }) => user === me.value?.user.id))

/** Not taken yet. */
export const waiting = computed(() =>
  own.value.filter((item) => !('receipt' in item) || item.photos.some(({ sent }) => !sent)),
)
export const refused = computed(() => own.value.filter(({ refusal }) => refusal !== undefined))

export const ofTicket = (ticketNo: string): readonly Queued[] =>
  own.value.filter((item) => item.kind !== 'visit' && item.ticketNo === ticketNo)

/** How much of the file that is being sent has left, 0 to 1. */
export const share = ref<number>()

/** The latest state of a ticket that an answer brought. */
export const fresh = shallowRef<Ticket>()
