import { reactive, ref, shallowRef, watch } from 'vue'
import type { Problem } from '@/shared/api/problem'
import { forgetRefused } from './answers'
import { emptyDraft, isUntouched, reviveDraft, type Draft } from './draft'
import type { Attempt, Receipt } from './submission'

const draftKey = 'qp.portal.draft'
const attemptKey = 'qp.portal.attempt'
const receiptKey = 'qp.portal.receipt'

function read(storage: () => Storage, key: string): unknown {
  try {
    return JSON.parse(storage().getItem(key) ?? 'null')
  } catch {
    return null // switched off, or not ours
  }
}

function write(storage: () => Storage, key: string, value: unknown): void {
  try {
    if (value === undefined) storage().removeItem(key)
    else storage().setItem(key, JSON.stringify(value))
  } catch {
    // full or switched off: the page works on without it
  }
}

const local = () => localStorage
const session = () => sessionStorage

/** The one draft of this browser. Kept as it is typed, gone when the appeal has been taken in. */
export const draft: Draft = reactive(reviveDraft(read(local, draftKey)))
watch(draft, (now) => write(local, draftKey, isUntouched(now) ? undefined : now))

/** Whether somebody in 长者模式 has asked for the fields that may be left out. */
export const allFields = ref(false)

/** The last refusal, so that the form can show it after the check page sent it back. */
export const refusal = shallowRef<Problem>()

function reviveAttempt(): Attempt | undefined {
  const stored = read(local, attemptKey)
  if (typeof stored !== 'object' || stored === null) return undefined
  const { body, key } = stored as Partial<Attempt>
  return typeof body === 'string' && typeof key === 'string' ? { body, key } : undefined
}

export const attempt = ref(reviveAttempt())
watch(attempt, (now) => write(local, attemptKey, now))

function reviveReceipt(): Receipt | undefined {
  const stored = read(session, receiptKey)
  return typeof stored === 'object' && stored !== null && 'ticket_no' in stored
    ? (stored as Receipt)
    : undefined
}

/** The receipt of this visit; a reload must not lose the query code. */
export const receipt = shallowRef(reviveReceipt())
watch(receipt, (now) => write(session, receiptKey, now))

export function clearDraft(): void {
  Object.assign(draft, emptyDraft())
  attempt.value = undefined
  refusal.value = undefined
  forgetRefused()
}
