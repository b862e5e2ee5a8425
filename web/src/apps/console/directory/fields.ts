import { listed } from '@/shared/i18n/format'
import { divisionName } from '../state/divisions'
import { d, textOf, wordOf } from './i18n'
import type { Kind } from './types'

/** How a field is asked for, kept and told. */
export type FieldForm =
  | 'text'
  | 'number'
  | 'date'
  | 'time'
  /** One of a few codes. */
  | 'choice'
  /** An entry or a place, looked for by its name. */
  | 'pick'
  | 'flag'
  | 'list'

export interface Field {
  name: string
  form: FieldForm
  required?: boolean
  limit?: number
  /** Given once, when the entry is made: a key, or what the entry is about. */
  fixed?: boolean
  /** What the words of a value are: a place, or a group of the texts. */
  words?: 'division' | 'level' | 'industry' | 'size'
  /** Stands in for the words when the entry brings the name beside the id. */
  named?: string
  /** What it means when nothing is chosen. */
  whenEmpty?: 'allDuties'
  /** What is picked from. */
  from?: 'units' | 'officials' | 'enterprises' | 'functions' | 'duties'
}

const text = (name: string, limit: number, more: Partial<Field> = {}): Field => ({
  name,
  form: 'text',
  limit,
  ...more,
})

/** The fields of each kind in the order of its form; names are those of the contract. */
export const fieldsOf: Readonly<Record<Kind, readonly Field[]>> = {
  unit: [
    text('name', 80, { required: true }),
    text('code', 60, { required: true, fixed: true }),
    { name: 'parent_id', form: 'pick', from: 'units', named: 'parent_name' },
    { name: 'level', form: 'choice', required: true, words: 'level' },
    { name: 'division', form: 'pick', required: true, words: 'division' },
    { name: 'function', form: 'pick', from: 'functions' },
  ],
  official: [
    text('name', 60, { required: true }),
    text('staff_no', 40, { required: true, fixed: true }),
    { name: 'unit_id', form: 'pick', required: true, from: 'units', named: 'unit_name' },
    text('phone', 20),
    { name: 'duties', form: 'list', from: 'duties', whenEmpty: 'allDuties' },
    { name: 'capacity', form: 'number', required: true },
    { name: 'deputy_id', form: 'pick', from: 'officials', named: 'deputy_name' },
  ],
  leave: [
    {
      name: 'official_id',
      form: 'pick',
      required: true,
      fixed: true,
      from: 'officials',
      named: 'official_name',
    },
    { name: 'from', form: 'date', required: true },
    { name: 'to', form: 'date' },
    text('reason', 100),
  ],
  turn: [
    {
      name: 'unit_id',
      form: 'pick',
      required: true,
      fixed: true,
      from: 'units',
      named: 'unit_name',
    },
    { name: 'day', form: 'date', required: true },
    {
      name: 'official_id',
      form: 'pick',
      required: true,
      from: 'officials',
      named: 'official_name',
    },
    { name: 'from', form: 'time' },
    { name: 'to', form: 'time' },
    text('phone', 20),
  ],
  card: [
    {
      name: 'enterprise_id',
      form: 'pick',
      required: true,
      fixed: true,
      from: 'enterprises',
      named: 'enterprise_name',
    },
    {
      name: 'official_id',
      form: 'pick',
      required: true,
      fixed: true,
      from: 'officials',
      named: 'official_name',
    },
    { name: 'since', form: 'date' },
  ],
  enterprise: [
    text('name', 160, { required: true }),
    text('uscc', 18),
    { name: 'division', form: 'choice', required: true, words: 'division' },
    { name: 'zone', form: 'choice', words: 'division' },
    { name: 'town', form: 'choice', words: 'division' },
    text('address', 200),
    text('phone', 20),
    { name: 'industry', form: 'choice', words: 'industry' },
    { name: 'size', form: 'choice', required: true, words: 'size' },
    { name: 'five_above', form: 'flag' },
  ],
}

/** A field's name for people; one the page does not know yet shows as it came. */
export const fieldName = (kind: Kind, name: string): string => textOf(`${kind}.${name}`) ?? name

/** A value in words: never an id where a name is known, never a code that has a word. */
export function valueText(
  field: Pick<Field, 'name' | 'words' | 'named' | 'whenEmpty'>,
  entry: Readonly<Record<string, unknown>>,
): string {
  const value = entry[field.name]
  if (value === undefined || value === null || String(value) === '')
    return field.whenEmpty ? d(field.whenEmpty) : '—'
  if (typeof value === 'boolean') return value ? d('yes') : d('no')
  if (Array.isArray(value)) return listed(value.map(String))
  if (field.words === 'division') return divisionName(String(value))
  if (field.words) return wordOf(field.words, String(value))
  if (!field.named) return String(value)
  const name = entry[field.named]
  return typeof name === 'string' && name !== '' ? name : d('numbered', { id: String(value) })
}
