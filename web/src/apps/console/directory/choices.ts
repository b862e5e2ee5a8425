import { computed } from 'vue'
import { api, result } from '@/shared/api/client'
import { reference } from '@/shared/ticket/reference'
import type { Option } from '@/ui/option'
import { countiesAndZones, townsOf } from '../state/divisions'
import type { Draft } from './draft'
import type { Field } from './fields'
import { industries } from '../texts/industry'
import { wordOf } from './i18n'
import { inForce } from './in-force'
import { unitName, units } from './units'

type Search = (text: string, signal: AbortSignal) => Promise<readonly Option[]>

const few = 20

const searchOfficials: Search = async (q, signal) => {
  const query = { active: true, limit: few, ...(q && { q }) }
  const answer = await result(api.GET('/directory/officials', { params: { query }, signal }))
  return answer.ok
    ? answer.data.items.map(({ id, name, staff_no, unit_name }) => ({
        value: String(id),
        label: name,
        detail: `${unit_name} ${staff_no}`,
      }))
    : []
}

const searchEnterprises: Search = async (q, signal) => {
  const query = { active: true, limit: few, ...(q && { q }) }
  const answer = await result(api.GET('/directory/enterprises', { params: { query }, signal }))
  return answer.ok
    ? answer.data.items.map(({ id, name, uscc }) => ({
        value: String(id),
        label: name,
        detail: uscc,
      }))
    : []
}

/** What asks the server while one types; places, units and functions are known already. */
export const searchOf = (field: Field): Search | undefined =>
  field.from === 'officials'
    ? searchOfficials
    : field.from === 'enterprises'
      ? searchEnterprises
      : undefined

/** Functions the duty list or a unit knows. */
const functions = computed(() => inForce.value?.functions ?? [])

const plain = (values: readonly string[]): readonly Option[] =>
  values.map((value) => ({ value, label: value }))

const codes = { level: 'city county town zone utility central centre', size: '1 2 3 4' } as const

const worded = (group: 'level' | 'size' | 'industry'): readonly Option[] => {
  const all = group === 'industry' ? industries : codes[group].split(' ')
  return all.map((value) => ({ value, label: wordOf(group, value) }))
}

const divisions = (kinds: readonly string[]): readonly Option[] =>
  (reference.value?.divisions ?? [])
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ code, name, parent }) => ({
      value: code,
      label: name,
      detail: kinds.length > 1 && parent ? parent : undefined,
    }))

function places(field: Field, draft: Draft): readonly Option[] {
  if (field.name === 'town') return townsOf(String(draft['division'] ?? ''))
  if (field.name === 'zone') return divisions(['zone'])
  return field.form === 'pick'
    ? divisions(['city', 'county', 'zone', 'town'])
    : countiesAndZones.value
}

/** What a field offers; `draft` because towns depend on the county. */
export function optionsOf(field: Field, draft: Draft): readonly Option[] {
  if (field.words === 'division') return places(field, draft)
  if (field.words) return worded(field.words)
  const topics = (reference.value?.topics ?? []).map(({ topic }) => topic)
  switch (field.from) {
    case 'units':
      return (units.value ?? [])
        .filter(({ active, id }) => active || String(id) === draft[field.name])
        .map(({ id, name, code }) => ({ value: String(id), label: name, detail: code }))
    case 'functions':
      return plain(functions.value)
    case 'duties':
      return plain([...new Set([...topics, ...functions.value])])
    default:
      return []
  }
}

/** The name of what is chosen already, for a box that asks the server only while one types. */
export function chosenOption(field: Field, entry: object): Option | undefined {
  const values = entry as Readonly<Record<string, unknown>>
  const id = values[field.name]
  if (id === undefined || field.named === undefined) return undefined
  const label = values[field.named] ?? unitName(Number(id))
  return typeof label === 'string' ? { value: String(id), label } : undefined
}
