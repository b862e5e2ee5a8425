import { shallowRef } from 'vue'
import { api, result } from '../api/client'
import type { components } from '../api/schema'

type Reference = components['schemas']['Reference']

/** Topics, divisions, reasons. The form works without: what is left open the server suggests. */
export const reference = shallowRef<Reference>()

let asked: Promise<void> | undefined

export function loadReference(): Promise<void> {
  asked ??= result(api.GET('/reference')).then((answer) => {
    if (answer.ok) reference.value = answer.data
    else asked = undefined
  })
  return asked
}
