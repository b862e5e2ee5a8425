import { shallowRef } from 'vue'

/** Hangs up the call on this page's own telephone; undefined while there is none. */
export const hangUpHere = shallowRef<() => void>()
