import type * as Phone from '../offline/phone'

let loading: Promise<typeof Phone> | undefined

/** What works without a network; fetched beside the first list, not before it. */
export const phone = (): Promise<typeof Phone> => (loading ??= import('../offline/phone'))
