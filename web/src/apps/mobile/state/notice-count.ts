import { ref } from 'vue'

/** How many notices have not been read; undefined where the server has none to tell. */
export const unread = ref<number>()

/** What a browser subscribes with; '' where there is no Web Push, undefined where the server knows of no notices. */
export const serverKey = ref<string>()

/** Counts the times a notification was pressed: what is on the screen is asked for anew. */
export const pressed = ref(0)
