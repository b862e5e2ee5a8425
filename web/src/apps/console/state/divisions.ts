import { computed } from 'vue'
import { reference } from '@/shared/ticket/reference'
import type { Option } from '@/ui/option'

/** Where a matter can lie, as a choice: counties, districts and development zones. */
export const countiesAndZones = computed((): readonly Option[] =>
  (reference.value?.divisions ?? [])
    .filter(({ kind }) => kind === 'county' || kind === 'zone')
    .map(({ code, name }) => ({ value: code, label: name })),
)

/** The towns of a county; none without one. */
export const townsOf = (county: string): readonly Option[] =>
  (reference.value?.divisions ?? [])
    .filter(({ kind, parent }) => kind === 'town' && parent === county)
    .map(({ code, name }) => ({ value: code, label: name }))

/** A code's name; an unknown one shows as itself. */
export const divisionName = (code: string): string =>
  reference.value?.divisions.find((one) => one.code === code)?.name ?? code
