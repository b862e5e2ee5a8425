import { fieldName, fieldsOf, valueText } from './fields'
import type { Change, Kind } from './types'

/** One thing that is different, in words. */
export interface Difference {
  field: string
  before: string
  after: string
}

type Values = Readonly<Record<string, unknown>>

// What says which version it is, or is counted from other entries, was changed by nobody.
const apart = new Set([
  'id',
  'revision',
  'active',
  'may_change',
  'officials',
  'open_tickets',
  'open_weighted',
  'overdue',
  'cards',
  'remarks',
  'now',
  'on_leave',
  'demonstration',
])

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What is different between two states of an entry, in the order of its form. */
export function differences(kind: Kind, before: Values, after: Values): Difference[] {
  const fields = fieldsOf[kind]
  const known = new Set([...fields.map(({ name }) => name), ...fields.map(({ named }) => named)])
  const others = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => !known.has(name) && !apart.has(name))
    .map((name) => ({ name }))
  return [...fields, ...others]
    .filter(({ name }) => !same(before[name] ?? '', after[name] ?? ''))
    .map((field) => ({
      field: fieldName(kind, field.name),
      before: valueText(field, before),
      after: valueText(field, after),
    }))
    .filter((one) => one.before !== one.after)
}

/** What a line of the history changed; what was just made is told by what was put in. */
export const changesOf = ({ kind, before, after }: Change): Difference[] =>
  differences(kind, before ?? {}, after ?? before ?? {})
