import { ref, shallowRef } from 'vue'
import type { components } from '@/shared/api/schema'

/** How many notices have not been read; undefined where the server has none to tell. */
export const unread = ref<number>()

/** What a browser subscribes with; '' where there is no Web Push, undefined where the server knows of no notices. */
export const serverKey = ref<string>()

/** By what the server can tell people. */
export const channels = shallowRef<readonly components['schemas']['NoticeChannel'][]>([])

/** Counts the times this phone was written into the list of devices. */
export const registered = ref(0)

/** Counts the times a notification was pressed: what is on the screen is asked for anew. */
export const pressed = ref(0)
