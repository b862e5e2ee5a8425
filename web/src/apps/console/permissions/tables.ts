import type { components } from '@/shared/api/schema'
import { labelOf } from '@/shared/ticket/labels'
import { pm } from './i18n'

export type Tables = components['schemas']['PermissionTables']
type Holder = Pick<Tables['scopes'][number], 'role' | 'of_a_county'>

export const holderName = ({ role, of_a_county }: Holder): string =>
  of_a_county ? pm('county', { role: labelOf('role', role) }) : labelOf('role', role)

/** People first, in the server's order; who never logs in comes with the tables that know him. */
export const rolesIn = (tables: Tables): readonly string[] => [
  ...new Set(tables.scopes.map(({ role }) => role)),
]

/** Rows of one role, or all of them for ''. */
export const onlyOf = <Row extends { role: string }>(rows: readonly Row[], role: string) =>
  rows.filter((row) => role === '' || row.role === role)

export const allowedTo = <Row extends { roles: readonly string[] }>(
  rows: readonly Row[],
  role: string,
) => rows.filter((row) => role === '' || row.roles.includes(role))

export const whoseKey = ({
  own,
  confidential,
}: Pick<Tables['fields'][number], 'own' | 'confidential'>): string =>
  confidential ? (own ? 'confidentialOwn' : 'confidentialOthers') : own ? 'own' : 'others'
