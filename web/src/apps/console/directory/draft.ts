import { fieldsOf, type Field } from './fields'
import type { InputOf, Kept, Kind } from './types'

/** A form as people fill it in: texts and ticks, whatever the contract calls them. */
export type Draft = Record<string, string | boolean>

/** Several values of one field, one a line. */
export const linesOf = (text: string | boolean | undefined): string[] =>
  String(text ?? '')
    .split('\n')
    .filter((line) => line !== '')

function drafted(field: Field, value: unknown): string | boolean {
  if (field.form === 'flag') return value === true
  if (Array.isArray(value)) return value.join('\n')
  return value === undefined || value === null ? '' : String(value)
}

export function draftOf(kind: Kind, entry: object): Draft {
  const values = entry as Readonly<Record<string, unknown>>
  const fields = fieldsOf[kind].map((field) => [field.name, drafted(field, values[field.name])])
  return { ...Object.fromEntries(fields), note: '' }
}

export type Fault = { field: Field; fault: 'missing' | 'long' | 'number' }

/** What the page can see wrong before the server looks, in the order of the form. */
export function faultsOf(kind: Kind, draft: Draft): Fault[] {
  const found: Fault[] = []
  for (const field of fieldsOf[kind]) {
    const value = draft[field.name]
    if (typeof value === 'boolean') continue
    const typed = (value ?? '').trim()
    if (typed === '' && field.required) found.push({ field, fault: 'missing' })
    else if (field.limit !== undefined && [...typed].length > field.limit)
      found.push({ field, fault: 'long' })
    else if (field.form === 'number' && typed !== '' && !/^\d{1,4}$/.test(typed))
      found.push({ field, fault: 'number' })
  }
  return found
}

// Ids, numbers and sizes go as numbers; a division is a code though it is picked as ids are.
const isNumber = (field: Field): boolean =>
  field.form === 'number' || field.words === 'size' || field.name.endsWith('_id')

/** The request body: what was left empty is left out, as the contract has it. */
export function inputOf<K extends Kind>(kind: K, draft: Draft): InputOf<K> {
  const body: Record<string, unknown> = {}
  for (const field of fieldsOf[kind]) {
    const value = draft[field.name]
    if (typeof value === 'boolean') body[field.name] = value
    else if (field.form === 'list') body[field.name] = linesOf(value)
    else {
      const typed = (value ?? '').trim()
      if (typed !== '') body[field.name] = isNumber(field) ? Number(typed) : typed
    }
  }
  const note = String(draft['note'] ?? '').trim()
  if (note !== '') body['note'] = note
  return body as unknown as InputOf<K>
}

/**
 * Another changed the entry while the form stood open: what was not touched here takes his value,
 * what was stays as typed.
 */
export function caughtUp(kind: Kind, draft: Draft, seen: Kept, newest: Kept): Draft {
  const before = draftOf(kind, seen)
  const now = draftOf(kind, newest)
  const kept = Object.entries(draft).map(([name, value]) => [
    name,
    value === before[name] && name !== 'note' ? now[name] : value,
  ])
  return Object.fromEntries(kept) as Draft
}
