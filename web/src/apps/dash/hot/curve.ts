import type { components } from '@/shared/api/schema'

type Schemas = components['schemas']
export type HotTopics = Schemas['HotTopics']
export type HotTopic = Schemas['HotTopic']

export interface Bar {
  day: string
  appeals: number
  /** Of the height, from the foot; a day with appeals is never invisible. */
  height: number
}

/** The days of a topic as bars on one scale, the highest fills it. */
export function barsOf(days: HotTopic['days'], height: number): readonly Bar[] {
  const most = Math.max(1, ...days.map(({ appeals }) => appeals))
  return days.map(({ day, appeals }) => ({
    day,
    appeals,
    height: appeals === 0 ? 0 : Math.max(1, Math.round((appeals / most) * height)),
  }))
}
