import type { components } from '@/shared/api/schema'
import { longDay } from '@/shared/i18n/format'
import { r } from './i18n'

export type Recording = components['schemas']['Recording']

const steps: Record<string, number> = {
  ArrowLeft: -5,
  ArrowRight: 5,
  PageUp: -30,
  PageDown: 30,
}

/** Where a key leads to in a recording of so many seconds; undefined: it is no such key. */
export function soughtBy(key: string, now: number, length: number): number | undefined {
  if (key === 'Home') return 0
  if (key === 'End') return length
  const step = steps[key]
  return step === undefined ? undefined : Math.min(length, Math.max(0, now + step))
}

/** Why there is nothing to hear. */
export function whyNot(recording: Recording): string {
  if (recording.state === 'deleted')
    return r('state.deleted', { day: longDay(recording.deleted_at ?? recording.at) })
  return recording.state === 'kept' ? '' : r(`state.${recording.state}`)
}
