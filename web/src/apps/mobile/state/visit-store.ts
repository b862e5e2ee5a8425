import { reactive, shallowRef, watch } from 'vue'
import type { Enterprise } from '@/shared/ticket/types'
import { emptyVisit, type Visit } from './visit'

const key = 'qp.mobile.visit'

function restore(): Visit {
  const visit = emptyVisit()
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    if (typeof stored === 'object' && stored !== null)
      for (const name of Object.keys(visit)) {
        const value: unknown = Reflect.get(stored, name)
        if (typeof value === 'string') Reflect.set(visit, name, value)
      }
  } catch {
    // storage switched off: the form begins empty
  }
  return visit
}

/** The one visit being written down; kept on the phone until it has been taken in. */
export const visit = reactive(restore())

/** The enterprise behind `visit.enterpriseId`, as far as it is known on this page. */
export const visited = shallowRef<Enterprise>()

watch(visit, (now) => {
  try {
    localStorage.setItem(key, JSON.stringify(now))
  } catch {
    // see restore()
  }
})

export function clearVisit(): void {
  Object.assign(visit, emptyVisit())
  visited.value = undefined
}

export function startVisit(enterprise: Enterprise): void {
  visit.enterpriseId = String(enterprise.id)
  visited.value = enterprise
}
