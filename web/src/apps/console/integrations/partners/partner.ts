import type { components } from '@/shared/api/schema'

export type Partner = components['schemas']['Partner']
export type PartnerInput = components['schemas']['PartnerInput']
export type PartnerAnswer = components['schemas']['PartnerServices']
export type PartnerService = components['schemas']['PartnerService']

export interface PartnerDraft {
  name: string
  base_url: string
  jurisdiction_id: string
  api_key: string
  unit_id: string
  format: 'xml' | 'json'
  active: boolean
  shares_contact: boolean
}

export const draftOf = (partner?: Partner): PartnerDraft => ({
  name: partner?.name ?? '',
  base_url: partner?.base_url ?? '',
  jurisdiction_id: partner?.jurisdiction_id ?? '',
  api_key: '',
  unit_id: partner ? String(partner.unit.id) : '',
  format: partner?.format ?? 'xml',
  active: partner?.active ?? false,
  shares_contact: partner?.shares_contact ?? false,
})

const needed = ['name', 'base_url', 'unit_id'] as const

/** What the page can see missing before the server looks. */
export const missingIn = (draft: PartnerDraft): readonly (typeof needed)[number][] =>
  needed.filter((field) => draft[field].trim() === '')

/** A key that is not typed stays as it was. */
export function inputOf(draft: PartnerDraft): PartnerInput {
  const { api_key, unit_id, ...rest } = draft
  const input = {
    ...rest,
    name: draft.name.trim(),
    base_url: draft.base_url.trim(),
    unit_id: Number(unit_id),
  }
  return api_key === '' ? input : { ...input, api_key }
}

export interface MappingLine {
  topic: string
  service_code: string
  attributes: string
}

export const linesOf = (partner: Partner): MappingLine[] =>
  partner.services.map(({ topic = '', service_code, attributes = '' }) => ({
    topic,
    service_code,
    attributes,
  }))

/** Lines without a service say nothing. */
export const servicesOf = (lines: readonly MappingLine[]): PartnerService[] =>
  lines
    .map((line) => ({
      ...line,
      service_code: line.service_code.trim(),
      attributes: line.attributes.trim(),
    }))
    .filter(({ service_code }) => service_code !== '')
