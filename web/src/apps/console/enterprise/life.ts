import type { components } from '@/shared/api/schema'
import { minutesAndSeconds, percent } from '@/shared/i18n/format'
import { labelOf } from '@/shared/ticket/labels'
import { e } from './i18n'

type Schemas = components['schemas']
export type Life = Schemas['EnterpriseLife']
export type LifeEntry = Schemas['LifeEntry']
type Ratings = Life['figures']['ratings'][number]

/** "75 % (3/4)": a share never stands without what it is of. */
export const shareText = (m: number, n: number): string =>
  n === 0 ? e('none') : e('ofN', { share: percent(m / n), m, n })

/** All months together. */
export function ratingsInAll(months: readonly Ratings[]): { rated: number; satisfied: number } {
  return months.reduce(
    (sum, one) => ({ rated: sum.rated + one.rated, satisfied: sum.satisfied + one.satisfied }),
    { rated: 0, satisfied: 0 },
  )
}

/** What became of a call: spoken for how long, or not at all. */
export function callText(entry: LifeEntry): string {
  const way = e(`direction.${entry.direction ?? 'in'}`)
  if (!entry.answered) return `${way} · ${e('unanswered')}`
  const how =
    entry.seconds === undefined
      ? e('inCall')
      : e('talked', { time: minutesAndSeconds(entry.seconds) })
  const score = entry.score === undefined ? '' : ` · ${e('scored', { n: entry.score })}`
  return `${way} · ${how}${score}`
}

export function changeText(entry: LifeEntry): string {
  const deed = entry.deed ?? 'changed'
  if (entry.entry === 'card') return e(`change.card.${deed}`, { name: entry.name ?? '' })
  return e(`change.enterprise.${deed}`)
}

/** What came of an appeal, as far as it came to something. */
export function resultWords(entry: LifeEntry): string[] {
  const words: string[] = []
  if (entry.outcome) words.push(labelOf('outcome', entry.outcome))
  if (entry.satisfaction)
    words.push(
      e('rating', {
        solved: labelOf('solved', entry.solved),
        satisfaction: labelOf('satisfaction', entry.satisfaction),
      }),
    )
  return words
}
