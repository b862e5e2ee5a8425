import type { components, operations } from '@/shared/api/schema'

export type AuditEntry = components['schemas']['AuditEntry']
export type ChainVerdict =
  operations['verifyAudit']['responses']['200']['content']['application/json']

/** The detail of an entry in one line; what it holds depends on the action. */
export function detailText(detail: AuditEntry['detail']): string {
  return Object.entries(detail ?? {})
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ')
}
