import { askedFields, type FieldSpec, type Values } from './act-spec'
import { rowsAreWhole, toMilestones } from './plan-rows'
import type { Action, ActInput } from './types'

export type ActFault = 'missing' | 'short' | 'long' | 'format' | 'nothing'

function faultOf(field: FieldSpec, typed: string): ActFault | undefined {
  const length = [...typed].length
  if (length === 0) return field.required ? 'missing' : undefined
  if (field.least !== undefined && length < field.least) return 'short'
  if (field.limit !== undefined && length > field.limit) return 'long'
  if (field.kind === 'milestones' && !rowsAreWhole(typed)) return 'short'
  if (field.kind === 'number' && !/^([1-9]|1[0-5])$/.test(typed)) return 'format'
  if (field.kind === 'ticket' && !/^WN\d{15,22}$/i.test(typed)) return 'format'
  return undefined
}

/** What the page can see wrong before the server looks; in the order of the form. */
export function actFaults(action: Action, values: Values): [FieldSpec['name'], ActFault][] {
  const fields = askedFields(action, values)
  const found = fields.flatMap((field): [FieldSpec['name'], ActFault][] => {
    const fault = faultOf(field, values[field.name]?.trim() ?? '')
    return fault ? [[field.name, fault]] : []
  })
  const changes = fields.filter((field) => field.name !== 'reason' && values[field.name]?.trim())
  const first = fields[0]
  if (action === 'regrade' && first && changes.length === 0) return [[first.name, 'nothing']]
  return found
}

const chinaOffset = '+08:00'

/** `2026-11-23T14:05` as an input shows it, in the hotline's own time. */
export function toLocalMoment(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 16)
}

const fromLocalMoment = (typed: string): string =>
  new Date(`${typed}${chinaOffset}`).toISOString().replace('.000Z', 'Z')

const numbers = new Set<string>([
  'unit_id',
  'official_id',
  'suggested_unit_id',
  'extension_days',
  'level',
  'article_id',
  'article_version',
  'milestone',
])
const booleans = new Set<string>(['reached', 'reasonable', 'parties_agree'])

/** The request body: only what was asked and answered, in the types of the contract. */
export function toActInput(action: Action, values: Values): ActInput {
  const entries = askedFields(action, values).flatMap((field): [string, unknown][] => {
    const typed = values[field.name]?.trim() ?? ''
    if (typed === '') return []
    if (numbers.has(field.name)) return [[field.name, Number(typed)]]
    if (booleans.has(field.name)) return [[field.name, typed === 'true']]
    if (field.kind === 'units') return [[field.name, typed.split(',').map(Number)]]
    if (field.kind === 'milestones') return [[field.name, toMilestones(typed)]]
    if (field.kind === 'moment') return [[field.name, fromLocalMoment(typed)]]
    if (field.kind === 'ticket') return [[field.name, typed.toUpperCase()]]
    return [[field.name, typed]]
  })
  return Object.fromEntries(entries) as ActInput
}
