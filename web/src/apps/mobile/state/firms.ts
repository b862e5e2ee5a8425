import { shallowRef } from 'vue'
import type { Enterprise } from '@/shared/ticket/types'

/** The enterprise that was touched in the list: there is no other way to ask for one by its number. */
export const firm = shallowRef<Enterprise>()
